import { editedMatcher } from '../promql/edited-matcher';
import { formatMatcher, selectorsOf } from '../promql/matchers';
import { withoutAnchors } from '../promql/pattern';
import { defineRule } from '../rule';

/** Matchers are anchored as they are. */
export const redundantAnchors = defineRule({
  id: 'redundant-anchors',
  on: 'query',
  severity: 'info',
  needs: 'nothing',
  says: 'anchors in a regular expression of a matcher',
  why: 'Matchers are anchored at both ends anyway. Who reads `^` takes the others, without, for unanchored.',
  instead: 'The pattern without `^` and `$`.',

  *check(query) {
    for (const { matchers } of selectorsOf(query)) {
      for (const matcher of matchers) {
        if (matcher.open || !matcher.operator.endsWith('~')) continue;
        const value = withoutAnchors(matcher.value);
        if (value === matcher.value) continue;
        const starts = matcher.value.startsWith('^');
        const ends = matcher.value.length - value.length > (starts ? 1 : 0);
        const fix = editedMatcher(query, matcher, (written) => {
          const open = starts ? written.replace(/(["'`])\^/, '$1') : written;
          return ends ? open.replace(/\$(["'`])$/, '$1') : open;
        });
        yield {
          message: `\`${formatMatcher(matcher)}\` is anchored as it is`,
          culprit: matcher.label,
          span: matcher,
          expected: `\`${formatMatcher({ ...matcher, value })}\``,
          ...(fix && { fix }),
        };
      }
    }
  },

  accepts: [
    { name: 'without', query: 'up{job=~"node.*"}' },
    { name: 'a dollar sign that is meant', query: 'up{job=~"node.*\\\\$"}' },
    { name: 'a set of signs', query: 'up{job=~"[^a].*"}' },
    { name: 'equality', query: 'up{job="^node"}' },
  ],
  rejects: [
    { name: 'both', query: 'up{job=~"^node.*$"}', because: 'anchored as it is' },
    { name: 'the start', query: 'up{job!~"^node.*"}', because: 'anchored as it is' },
  ],
});
