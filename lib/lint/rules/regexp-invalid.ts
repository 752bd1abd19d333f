import { nodesOfKind } from '../promql/nodes';
import { formatMatcher, selectorsOf } from '../promql/matchers';
import { patternError } from '../promql/pattern';
import { defineRule } from '../rule';
import type { Query } from '../subject';
import type { Span } from '../../query/tree';

/** Regular expressions compile. */
export const regexpInvalid = defineRule({
  id: 'regexp-invalid',
  on: 'query',
  severity: 'error',
  needs: 'nothing',
  says: 'a regular expression that does not compile, or a group of it that is not there',
  why: 'The server refuses the whole query. Its regular expressions are RE2: no look-ahead, no look-behind, no back-references.',
  instead: 'For "all but these", `!~`.',

  *check(query) {
    for (const { matchers } of selectorsOf(query)) {
      for (const matcher of matchers) {
        if (matcher.open || !matcher.operator.endsWith('~')) continue;
        const error = patternError(matcher.value);
        if (!error) continue;
        yield {
          message: `the regular expression in \`${formatMatcher(matcher)}\` does not compile: ${error}`,
          culprit: matcher.label,
          span: matcher.valueSpan,
        };
      }
    }
    for (const { value, span } of linePatternsIn(query)) {
      const error = patternError(value);
      if (error)
        yield { message: `the regular expression \`${value}\` does not compile: ${error}`, culprit: value, span };
    }
    for (const { node } of nodesOfKind(query, 'call')) {
      const [, , replacement, , pattern] = node.name === 'label_replace' ? node.args : [];
      if (replacement?.kind !== 'string' || pattern?.kind !== 'string') continue;
      if (/\$\{?[a-zA-Z_]|\[\[/.test(pattern.value)) continue;
      const error = patternError(pattern.value);
      if (error) {
        yield {
          message: `the regular expression \`${pattern.value}\` does not compile: ${error}`,
          culprit: 'label_replace',
          span: pattern,
        };
        continue;
      }
      const groups = groupsIn(pattern.value);
      const missing = [...replacement.value.matchAll(/\$\{?(\d+)/g)].find(([, number]) => Number(number) > groups);
      if (!missing) continue;
      yield {
        message: `\`$${missing[1]}\` is empty: \`${pattern.value}\` has ${groups === 0 ? 'no group' : groups === 1 ? 'one group' : `${groups} groups`}`,
        culprit: 'label_replace',
        span: replacement,
        severity: 'warning',
      };
    }
  },

  accepts: [
    { name: 'a pattern', query: 'node_filesystem_avail_bytes{fstype!~"tmpfs|fuse.*|(ram|root)fs"}' },
    { name: 'a set of signs', query: 'node_disk_read_bytes_total{device=~"sd[a-z]+"}' },
    { name: 'a variable', query: 'up{instance=~"($host)(:.*"}' },
    { name: 'its first group', query: 'label_replace(up, "host", "$1", "instance", "([^:]+)(?::\\\\d+)?")' },
    { name: 'of a line filter', query: '{job="x"} |= "|~ (" |~ `time(?:out)?` != "("', language: 'logql' },
    { name: 'the whole', query: 'label_replace(up, "host", "$0", "instance", ".*")' },
  ],
  rejects: [
    { name: 'a set that is not closed', query: 'up{job=~"node["}', because: 'does not compile' },
    {
      name: 'a line filter that is not closed',
      query: '{job="x"} |~ "time(out"',
      language: 'logql',
      because: '`time(out` does not compile',
    },
    { name: 'a look-ahead', query: 'up{job=~"(?!node).*"}', because: 'does not compile' },
    { name: 'nothing to repeat', query: 'up{job=~"*node"}', because: 'does not compile' },
    {
      name: 'in label_replace',
      query: 'label_replace(up, "host", "$1", "instance", "(.*:")',
      because: 'does not compile',
    },
    { name: 'no such group', query: 'label_replace(up, "host", "$1", "instance", ".*:.*")', because: '`$1` is empty' },
  ],
});

/** Groups that catch: `(`, but neither `\(`, `(?:` nor one in a set of signs. */
const groupsIn = (pattern: string): number =>
  pattern
    .replace(/\\./g, '')
    .replace(/\[\^?\]?[^\]]*\]/g, '')
    .match(/\((?!\?)|\(\?P?</g)?.length ?? 0;

/** Strings of LogQL, those behind `|~` and `!~` as patterns. */
const strings = /(\|~|!~)?\s*(?:"((?:\\.|[^"\\])*)"|`([^`]*)`)/gs;

/** The regular expressions of line filters. */
const linePatternsIn = ({
  language,
  text,
  parsed,
}: Query): readonly { readonly value: string; readonly span: Span }[] =>
  language !== 'logql' || parsed.error
    ? []
    : [...text.matchAll(strings)].flatMap(({ 0: whole, 1: operator, 2: quoted, 3: raw, index }) => {
        const value = raw ?? quoted?.replace(/\\(["\\])/g, '$1') ?? '';
        if (operator === undefined || /\$|\[\[|\{\{/.test(value)) return [];
        return [{ value, span: { from: index, to: index + whole.length } }];
      });
