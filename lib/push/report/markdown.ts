import { countInWords } from '../kind-words';
import { kinds } from '../object';
import type { PushReport, ReportedObject } from './report';
import { isTold, onOneLine, remarkOf, summaryOf, targetInWords } from './words';

/** For a pull request: the summary on top, then what changes, by kind. Nothing that a server says is taken for markup. */
export const reportMarkdown = (report: PushReport): string => {
  const groups = kinds.flatMap((kind) => {
    const told = report.objects.filter((object) => object.kind === kind && isTold(object));
    if (told.length === 0) return [];
    const heading = countInWords(told.length, kind);
    return [['', `### ${heading}`, '', ...told.flatMap(linesOf)].join('\n')];
  });
  return `${[
    `## Push to ${escape(report.target.name)}`,
    '',
    `${escape(targetInWords(report))}: ${escape(summaryOf(report))}`,
    ...(report.refusals.length > 0
      ? ['', ...report.refusals.map((refusal) => `> **Refused:** ${escape(refusal)}\n>`)]
      : []),
    ...groups,
  ].join('\n')}\n`;
};

const linesOf = (object: ReportedObject): readonly string[] => {
  const { action, name, key, changes, outcome } = object;
  const remark = remarkOf(object);
  const end = outcome ? ` → ${outcome.result}${outcome.reason === undefined ? '' : `: ${escape(outcome.reason)}`}` : '';
  return [
    `- **${action}** ${escape(name)}${name === key ? '' : ` (${escape(key)})`}${remark === undefined ? '' : `: ${escape(remark)}`}${end}`,
    ...changes.map((change) => `  - ${escape(change)}`),
  ];
};

/** A text that stays a text: no markup, no HTML, nobody is mentioned and no issue is linked. */
const escape = (text: string): string =>
  onOneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/\b(www)\./gi, '$1&#46;');
