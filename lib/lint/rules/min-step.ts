import { secondsOf } from '../documents/duration';
import { defineRule } from '../rule';

/** A panel asks for no more points than there are samples. */
export const minStep = defineRule({
  id: 'min-step',
  on: 'query',
  severity: 'warning',
  needs: 'catalog',
  says: 'a minimum step shorter than the interval of the samples; of our own content, none at all',
  why: '`$__rate_interval` is four times the minimum step. If that is shorter than samples are apart, the window holds fewer than two of them when somebody zooms in, and the graph has gaps.',
  instead: 'Set the minimum step to the scrape interval of the source.',

  *check(query, { knowledge }) {
    const { owner: panel, language, interval, mode, refId, hidden, parsed } = query;
    if (panel.kind !== 'panel' || language !== 'promql' || mode === 'instant' || hidden) return;
    const own = panel.json['interval'];
    const written = interval ?? (typeof own === 'string' && own !== '' ? own : undefined);
    if (written === undefined) {
      if (query.document.own)
        yield {
          message: `query ${refId} says no minimum step`,
          culprit: refId,
          expected: 'set it to the scrape interval of the source',
        };
      return;
    }
    const seconds = secondsOf(written.replace(/^>/, ''));
    const apart = Math.max(0, ...parsed.selectors.map((selector) => knowledge.intervalOf(selector) ?? 0));
    if (seconds === undefined || seconds <= 0 || apart === 0 || seconds >= apart) return;
    // Without a macro the step only decides how often the same sample is drawn.
    if (!parsed.variables.some(({ name }) => name === '__rate_interval' || name === '__interval')) return;
    yield {
      message: `the minimum step of query ${refId} is ${written}, but samples are ${apart} seconds apart`,
      culprit: refId,
      expected: `set it to \`${apart}s\``,
      evidence: knowledge.says,
    };
  },

  accepts: [
    { name: 'the scrape interval', query: 'rate(node_cpu_seconds_total[$__rate_interval])', interval: 15 },
    { name: 'longer', query: 'rate(node_cpu_seconds_total[$__rate_interval])', interval: 5 },
    { name: 'an interval that nobody knows', query: 'rate(acme_things_total[$__rate_interval])' },
  ],
  rejects: [
    {
      name: 'shorter',
      query: 'rate(node_cpu_seconds_total[$__rate_interval])',
      interval: 60,
      because: 'samples are 60 seconds apart',
    },
  ],
});
