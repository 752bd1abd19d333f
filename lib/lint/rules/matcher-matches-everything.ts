import { formatMatcher, selectorsOf } from '../promql/matchers';
import { matchesEverything } from '../promql/pattern';
import { defineRule } from '../rule';

/** Matchers choose. */
export const matcherMatchesEverything = defineRule({
  id: 'matcher-matches-everything',
  on: 'query',
  severity: 'info',
  needs: 'nothing',
  says: 'a matcher that takes every series',
  why: 'It looks like a choice and is none: series without the label match, too.',
  instead: 'Leave it out, or `!=""` for the series that have the label.',

  *check(query) {
    for (const { matchers } of selectorsOf(query)) {
      for (const matcher of matchers) {
        if (matcher.open || matcher.operator !== '=~' || !matchesEverything(matcher.value)) continue;
        yield {
          message: `\`${formatMatcher(matcher)}\` takes every series`,
          culprit: matcher.label,
          span: matcher,
          expected: `no matcher, or \`${matcher.label}!=""\``,
        };
      }
    }
  },

  accepts: [
    { name: 'series that have the label', query: 'up{job=~".+"}' },
    { name: 'a beginning', query: 'up{job=~"node.*"}' },
    { name: 'a variable, whose All may be anything', query: 'up{job=~"$job"}' },
  ],
  rejects: [
    { name: 'anything', query: 'up{job=~".*"}', because: 'takes every series' },
    { name: 'anything, among alternatives', query: 'up{job=~"node|.*"}', because: 'takes every series' },
  ],
});
