import { editedMatcher } from '../promql/edited-matcher';
import { formatMatcher, selectorsOf } from '../promql/matchers';
import { literalsOf } from '../promql/pattern';
import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** Regular expressions that are one plain word are written as equality. */
export const regexpEquality = defineRule({
  id: 'regexp-equality',
  on: 'query',
  severity: 'info',
  needs: 'nothing',
  says: 'a regular expression that is one plain text',
  why: 'It reads as if it matched more than one value; who adds a dot later gets a pattern without noticing.',
  instead: '`=` and `!=`.',

  *check(query) {
    for (const { matchers } of selectorsOf(query)) {
      for (const matcher of matchers) {
        if (matcher.open || !matcher.operator.endsWith('~') || /^\^|\$$/.test(matcher.value)) continue;
        const texts = literalsOf(matcher.value);
        if (texts?.length !== 1) continue;
        const operator = matcher.operator === '=~' ? '=' : '!=';
        // A pattern with escapes or brackets is left to a person.
        const fix =
          texts[0] === matcher.value
            ? editedMatcher(query, matcher, (written) => written.replace(matcher.operator, operator))
            : undefined;
        yield {
          message: `\`${formatMatcher(matcher)}\` matches one text only`,
          culprit: matcher.label,
          span: matcher,
          expected: `\`${formatMatcher({ ...matcher, operator, value: texts[0] as string })}\``,
          severity: ownSeverity(query, 'warning', 'info'),
          ...(fix && { fix }),
        };
      }
    }
  },

  accepts: [
    { name: 'equality', query: 'up{job="node"}' },
    { name: 'two values', query: 'up{job=~"node|blackbox"}' },
    { name: 'a dot, which stands for any sign', query: 'up{instance=~"10.0.0.1:9100"}' },
    { name: 'a variable that can have several values', query: 'up{job=~"$job"}' },
  ],
  rejects: [
    { name: 'a word', query: 'up{job=~"node"}', because: 'one text only' },
    { name: 'without a word', query: 'up{job!~"node"}', because: 'one text only' },
    { name: 'an escaped dot', query: 'up{instance=~"host\\\\.lan"}', because: 'one text only' },
    { name: 'of a log stream', query: '{job=~"varlogs"}', language: 'logql', because: 'one text only' },
  ],
});
