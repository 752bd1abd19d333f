import { formatMatcher, takes } from '../promql/matchers';
import { defineRule } from '../rule';

/** Log queries name a stream. */
export const logStreamSelector = defineRule({
  id: 'log-stream-selector',
  on: 'query',
  severity: 'error',
  needs: 'nothing',
  says: 'a log query without a label that has to have a value',
  why: 'Loki refuses a query that could match every stream: at least one matcher has to want a text.',
  instead: '`{job="…"}`, or `{job=~".+"}` where all are meant.',

  *check(query) {
    for (const stream of query.parsed.streams) {
      // Loki counts what does not take the empty text (`SplitFiltersAndMatchers`), `!=""` as well.
      if (stream.matchers.some((matcher) => takes(matcher, '') !== true)) continue;
      const [first] = stream.matchers;
      yield {
        message: first
          ? `Loki refuses \`{${stream.matchers.map(formatMatcher).join(', ')}}\`: no label in it has to have a value`
          : 'Loki refuses `{}`: no label in it has to have a value',
        culprit: first?.label ?? '{}',
        span: stream,
        expected: 'one label with `=`, or with `=~".+"`',
      };
    }
  },

  accepts: [
    { name: 'one label', query: '{job="varlogs"}', language: 'logql' },
    { name: 'any text', query: '{job=~".+", level!="debug"}', language: 'logql' },
    { name: 'any text, said with !=', query: '{namespace!=""}', language: 'logql' },
    { name: 'a variable', query: '{job=~"$job"}', language: 'logql' },
  ],
  rejects: [
    { name: 'anything', query: '{job=~".*"}', language: 'logql', because: 'Loki refuses' },
    { name: 'all but one', query: '{job!="varlogs"}', language: 'logql', because: 'Loki refuses' },
  ],
});
