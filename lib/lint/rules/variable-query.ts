import { distance } from 'fastest-levenshtein';
import { isSlip } from '../knowledge/catalog-index';
import { defineRule } from '../rule';

/** The query of a variable is one that Grafana understands. */
export const variableQuery = defineRule({
  id: 'variable-query',
  on: 'variable',
  severity: 'warning',
  needs: 'catalog',
  says: 'a variable whose query Grafana does not understand, or for the values of a label that the metric does not have',
  why: 'The variable has no values then, and every panel that uses it is empty.',
  instead: 'Write `label_values(metric, label)`, `label_names()`, `metrics(pattern)` or `query_result(query)`.',

  *check(variable, { knowledge }) {
    const { type, definition, dataSource, name, query } = variable;
    if (type !== 'query' || definition === undefined || name === '') return;
    const plugin = dataSource?.type;
    if (plugin !== undefined && plugin !== 'prometheus' && plugin !== 'loki') return;
    const regex = patternErrorOf(variable.json['regex']);
    if (regex !== undefined)
      yield {
        message: `the regular expression of the variable \`${name}\` does not compile: ${regex}`,
        culprit: name,
        expected: 'write one of JavaScript, between slashes: `/.*/`',
        severity: 'error',
      };
    const text = definition.trim();
    if (text === '') {
      // In the form of newer editors the text may be empty where a label is chosen.
      if (typeof variable.json['query'] !== 'string') return;
      yield {
        message: `the variable \`${name}\` has an empty query`,
        culprit: name,
        expected: 'write one',
        severity: 'warning',
      };
      return;
    }
    const call = /^(label_values|label_names|query_result|metrics)\s*\(/.exec(text);
    if (!call) {
      const [, written = ''] = /^(\w+)\s*\(/.exec(text) ?? [];
      const meant = variableFunctions.find((one) => written !== one && distance(written, one) <= 2);
      if (meant !== undefined)
        yield {
          message: `there is no function \`${written}\`, so the variable \`${name}\` has no values`,
          culprit: written,
          nearest: [meant],
          expected: `write \`${meant}\``,
          severity: 'error',
        };
      return;
    }
    if (!text.endsWith(')') || depthOf(text) !== 0) {
      yield {
        message: `\`${call[1]}\` of the variable \`${name}\` is not closed`,
        culprit: name,
        expected: 'close its parenthesis',
        severity: 'error',
      };
      return;
    }
    if (call[1] !== 'label_values') return;
    const label = labelOf(text);
    if (label === '') {
      yield {
        message: `\`label_values\` of the variable \`${name}\` names no label`,
        culprit: name,
        expected: 'write `label_values(metric, label)`',
        severity: 'error',
      };
      return;
    }
    // A matcher, or all that was asked for, not a label; a label in quotes, `"service.name"`, is one.
    if (/[=~]\s*"/.test(label) || /^\w+\s+\w+$/.test(label)) {
      yield {
        message: `\`label_values\` of the variable \`${name}\` ends with what is no label`,
        culprit: name,
        expected: 'write `label_values(metric, label)`, the label last',
        severity: 'error',
      };
      return;
    }
    const selector = query?.parsed.selectors[0];
    if (!selector || label.includes('$') || label.includes('[')) return;
    const known = knowledge.of(selector);
    if (known.state !== 'known') return;
    const { names, open } = known.labels;
    if (names.has(label) || knowledge.scraped.has(label)) return;
    // Whoever scrapes may add any label, but hardly one that is a letter away from one that is there.
    const near = [...names, ...knowledge.scraped].filter((one) => isSlip(label, one));
    if (open && near.length === 0) return;
    yield {
      message: `\`${known.name}\` has no label \`${label}\`, so the variable \`${name}\` has no values`,
      culprit: label,
      evidence: known.evidence,
      nearest: near,
      expected:
        names.size > 0
          ? `use one of ${[...names]
              .slice(0, 8)
              .map((one) => `\`${one}\``)
              .join(', ')}`
          : 'use a label that scraping adds',
    };
  },

  accepts: [
    { name: 'values of a label', variable: ask('label_values(node_filesystem_size_bytes, mountpoint)') },
    { name: 'a label that scraping may add', variable: ask('label_values(node_filesystem_size_bytes, cluster)') },
    { name: 'values of any metric', variable: ask('label_values(job)') },
    { name: 'a label in quotes', variable: ask('label_values(target_info{job="x"}, "service.name")') },
    { name: 'a pattern', variable: { ...ask('label_values(up, job)'), regex: '/(?<text>[^:]+):.*$/' } },
    { name: 'results', variable: ask('query_result(topk(5, up))') },
  ],
  rejects: [
    { name: 'not closed', variable: ask('label_values(up, job'), because: 'is not closed' },
    {
      name: 'a misspelt label',
      variable: ask('label_values(node_filesystem_size_bytes, mountpont)'),
      because: 'has no label `mountpont`',
    },
    { name: 'a misspelt function', variable: ask('label_value(up, job)'), because: 'no function `label_value`' },
    { name: 'the label first', variable: ask('label_values(host, up{job="node"})'), because: 'is no label' },
    { name: 'no comma', variable: ask('label_values(up instance)'), because: 'is no label' },
    {
      name: 'a pattern that is not closed',
      variable: { ...ask('label_values(up, job)'), regex: '/([^:]+/' },
      because: 'does not compile',
    },
    { name: 'no label', variable: ask('label_values(up, )'), because: 'names no label' },
  ],
});

/** Why Grafana cannot take a pattern for values, as its `stringToJsRegex` reads it: `/…/flags`, or all of the text. */
const patternErrorOf = (regex: unknown): string | undefined => {
  if (typeof regex !== 'string' || regex === '' || /\$\{?\w|\[\[/.test(regex)) return undefined;
  const written = /^\/(.*?)\/([gimy]*)$/s.exec(regex);
  if (regex.startsWith('/') && !written) return 'a slash at its end is missing';
  try {
    // Compiled only: no text of a stranger is held to it.
    new RegExp(written?.[1] ?? `^${regex}$`, written?.[2]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*\/[a-z]*: /s, '').toLowerCase() : undefined;
  }
};

const variableFunctions = ['label_values', 'label_names', 'query_result', 'metrics'];

function ask(query: string): object {
  return { definition: query, query: { query, refId: 'A' } };
}

const labelOf = (text: string): string => {
  const inside = text.slice(text.indexOf('(') + 1, -1);
  return inside.slice(inside.lastIndexOf(',') + 1).trim();
};

/** Parentheses that are open at the end, those in quotes aside. */
const depthOf = (text: string): number => {
  const bare = text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
  return bare.split('(').length - bare.split(')').length;
};
