import { nearest } from '../../nearest';
import type { Matcher } from '../../query/tree';
import { literalValues } from '../promql/matcher-values';
import { defineRule } from '../rule';

export const logLabelExists = defineRule({
  id: 'log-label-exists',
  on: 'query',
  severity: 'warning',
  needs: 'server',
  says: 'a label of log streams, or a value of one, that Loki does not have',
  why: 'A stream selector with a label or a value that no stream has gives an empty panel, which looks like a quiet service.',
  instead:
    'Take the label from Explore, or mend the relabelling of what ships the logs. Asked of `--loki URL` or `--grafana URL`; a day back.',

  *check({ language, parsed }, { knowledge: { logs } }) {
    if (!logs || language !== 'logql') return;
    for (const matcher of parsed.streams.flatMap(({ matchers }) => matchers)) {
      if (!isSelecting(matcher)) continue;
      const { label, valueSpan } = matcher;
      if (!logs.labels.has(label)) {
        yield {
          message: `no log stream has the label \`${label}\``,
          culprit: label,
          span: matcher,
          nearest: nearest(label, logs.labels),
          evidence: logs.says,
        };
        continue;
      }
      const values = logs.valuesOf(label);
      const wanted = literalValues(matcher) ?? [];
      if (!values || wanted.some((value) => values.has(value))) continue;
      yield {
        message: `no log stream has \`${label}="${wanted.join('|')}"\``,
        culprit: wanted.join('|'),
        span: valueSpan,
        nearest: nearest(wanted[0] ?? '', values),
        evidence: logs.says,
      };
    }
  },

  accepts: [
    { name: 'a label and a value that are there', query: '{job="caddy"}', language: 'logql', logs: { job: ['caddy'] } },
    {
      name: 'a value that a variable gives',
      query: '{job="$job"} |= `x`',
      language: 'logql',
      logs: { job: ['caddy'] },
    },
    {
      name: 'something that must not be there',
      query: '{job="caddy", level!="debug"}',
      language: 'logql',
      logs: { job: ['caddy'] },
    },
  ],
  rejects: [
    {
      name: 'a label that no stream has',
      query: '{jobb="caddy"}',
      language: 'logql',
      logs: { job: ['caddy'] },
      because: 'label `jobb`',
    },
    {
      name: 'a value that no stream has',
      query: '{job="cady"}',
      language: 'logql',
      logs: { job: ['caddy'] },
      because: '`job="cady"`',
    },
  ],
});

/** Whether a matcher asks for something: an empty value, and all that is negative, is there where the label is not. */
const isSelecting = (matcher: Matcher): boolean =>
  !matcher.open &&
  (matcher.operator === '=' || matcher.operator === '=~') &&
  !(literalValues(matcher) ?? ['x']).includes('');
