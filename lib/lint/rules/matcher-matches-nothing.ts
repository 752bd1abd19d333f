import type { Matcher } from '../../query/tree';
import { formatMatcher, selectorsOf, takes, takesNothing, valuesTaken } from '../promql/matchers';
import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** Matchers can all be true at once. */
export const matcherMatchesNothing = defineRule({
  id: 'matcher-matches-nothing',
  on: 'query',
  severity: 'error',
  needs: 'nothing',
  says: 'matchers that no series can satisfy',
  why: 'A label has one value. A selector that wants two of it, or none at all, selects nothing for ever: the panel is empty, the alert never fires.',
  instead: 'Several values of one label are alternatives: `job=~"node|blackbox"`.',

  *check(query) {
    for (const { matchers } of selectorsOf(query)) {
      for (const matcher of matchers) {
        if (takesNothing(matcher)) {
          // Some rule sets switch an alert off like that.
          const severity = ownSeverity(query, 'error', 'warning');
          yield {
            message: `\`${formatMatcher(matcher)}\` leaves nothing`,
            culprit: matcher.label,
            span: matcher,
            severity,
          };
        }
      }
      const reported = new Set<string>();
      for (const matcher of matchers) {
        if (reported.has(matcher.label)) continue;
        const other = contradiction(matcher, matchers);
        if (!other) continue;
        reported.add(matcher.label);
        yield {
          message: `\`${formatMatcher(matcher)}\` and \`${formatMatcher(other)}\` contradict each other`,
          culprit: matcher.label,
          span: { from: Math.min(matcher.from, other.from), to: Math.max(matcher.to, other.to) },
        };
      }
    }
  },

  accepts: [
    { name: 'one value', query: 'up{job="node"}' },
    { name: 'all but two', query: 'up{job!="node", job!="blackbox"}' },
    { name: 'a value within a pattern', query: 'up{job=~"node|blackbox", job!="node"}' },
    { name: 'a pattern that may match it', query: 'up{job="node", job=~"n.+"}' },
    { name: 'a variable', query: 'up{job="node", job=~"$job"}' },
    { name: 'series without the label', query: 'up{job=""}' },
  ],
  rejects: [
    { name: 'two values', query: 'up{job="node", job="blackbox"}', because: 'contradict each other' },
    { name: 'a value and not that value', query: 'up{job="node", job!="node"}', because: 'contradict each other' },
    {
      name: 'a value that is not among the alternatives',
      query: 'up{job="node", job=~"blackbox|prometheus"}',
      because: 'contradict each other',
    },
    { name: 'not anything', query: 'up{job!~".*"}', because: 'leaves nothing' },
    { name: 'empty and not empty', query: 'up{job="", job=~".+"}', because: 'contradict each other' },
  ],
});

/** The matcher of the same label that takes none of the values that this one takes. */
const contradiction = (matcher: Matcher, all: readonly Matcher[]): Matcher | undefined => {
  const values = valuesTaken(matcher);
  return (
    values &&
    all.find(
      (other) =>
        other !== matcher &&
        other.label === matcher.label &&
        !takesNothing(other) &&
        values.every((value) => takes(other, value) === false),
    )
  );
};
