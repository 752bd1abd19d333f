import type { Matcher } from '../../query/tree';
import { nearest } from '../../nearest';
import type { Report } from '../finding';
import type { KnownMetric } from '../knowledge';
import { literalsOf } from '../promql/pattern';
import { fullMatch } from '../promql/re2';
import { defineRule } from '../rule';

export const labelValueExists = defineRule({
  id: 'label-value-exists',
  on: 'query',
  severity: 'error',
  needs: 'catalog',
  says: 'a label value that a metric never has',
  why: 'The values of some labels are fixed in the exporter. A matcher on any other selects nothing, and one that excludes it excludes nothing.',
  instead: 'Take one of the values that the exporter writes.',

  *check({ parsed: { selectors } }, { knowledge }) {
    for (const selector of selectors) {
      const known = knowledge.of(selector);
      if (known.state !== 'known') continue;
      for (const matcher of selector.matchers) {
        const values = matcher.open ? undefined : known.labels.valuesOf(matcher.label);
        if (!values?.closed) continue;
        const report = verdict(matcher, known, values.values);
        if (report) yield { culprit: matcher.value, span: matcher.valueSpan, evidence: known.evidence, ...report };
      }
    }
  },

  accepts: [
    { name: 'a value that it has', query: 'node_cpu_seconds_total{mode="idle"}' },
    { name: 'one of several', query: 'node_cpu_seconds_total{mode=~"idle|iowait"}' },
    { name: 'a pattern that fits some', query: 'node_cpu_seconds_total{mode=~"i.*"}' },
    { name: 'a value of a label that can have any', query: 'node_filesystem_avail_bytes{fstype="ext5"}' },
    { name: 'without the label', query: 'node_cpu_seconds_total{mode!=""}' },
    { name: 'a variable', query: 'node_cpu_seconds_total{mode="$mode"}' },
  ],
  rejects: [
    { name: 'a value that it never has', query: 'node_cpu_seconds_total{mode="idel"}', because: '`idel`' },
    {
      name: 'excluding what is never there',
      query: 'node_cpu_seconds_total{mode!="idel"}',
      because: 'excludes nothing',
    },
    { name: 'one of several that it never has', query: 'node_cpu_seconds_total{mode=~"idle|wait"}', because: '`wait`' },
    { name: 'a pattern that fits none', query: 'node_cpu_seconds_total{mode=~"x.*"}', because: 'fits none' },
  ],
});

const verdict = (
  { label, operator, value }: Matcher,
  { name }: KnownMetric,
  values: ReadonlySet<string>,
): (Pick<Report, 'message'> & Partial<Report>) | undefined => {
  const negative = operator === '!=' || operator === '!~';
  const alternatives = operator === '=' || operator === '!=' ? [value] : literalsOf(value);
  if (!alternatives) {
    const fits = fullMatch(value);
    if (!fits || fits('') || [...values].some(fits)) return undefined;
    const message = `\`${value}\` fits none of the values that \`${label}\` has on \`${name}\``;
    return { message, expected: listed(values), ...(negative && { severity: 'info' as const }) };
  }
  const never = alternatives.filter((each) => each !== '' && !values.has(each));
  const [first] = never;
  if (first === undefined) return undefined;
  const facts = { culprit: first, nearest: nearest(first, values), expected: listed(values) };
  if (negative) {
    const message = `\`${label}\` of \`${name}\` is never \`${first}\`, so that this excludes nothing`;
    return { ...facts, message, severity: never.length === alternatives.length ? 'warning' : 'info' };
  }
  const message = `\`${label}\` of \`${name}\` is never \`${first}\``;
  return { ...facts, message, ...(never.length < alternatives.length && { severity: 'warning' as const }) };
};

const listed = (values: ReadonlySet<string>): string => {
  const all = [...values].sort();
  const shown = all.slice(0, 12).map((each) => `\`${each}\``);
  return `one of ${shown.join(', ')}${all.length > shown.length ? ', …' : ''}`;
};
