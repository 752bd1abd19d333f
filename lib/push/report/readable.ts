import type { Paint } from '../../lint/report/readable';
import { countInWords } from '../kind-words';
import { kinds } from '../object';
import type { Action } from '../plan';
import type { PushReport, ReportedObject } from './report';
import { isTold, onOneLine, remarkOf, sign, summaryOf, targetInWords } from './words';

/** For eyes: what changes, grouped by kind, what is unchanged only counted; then the summary, then why it may not be applied and the next command. */
export const reportReadable = (report: PushReport, paint: Paint): string => {
  const { objects, refusals, target } = report;
  const groups = kinds.flatMap((kind) => {
    const told = objects.filter((object) => object.kind === kind && isTold(object));
    if (told.length === 0) return [];
    const heading = paint.bold(countInWords(told.length, kind));
    return [[heading, ...told.flatMap((object) => linesOf(object, paint))].join('\n')];
  });
  return [
    `${paint.bold(target.name)} ${paint.dim(targetInWords(report))}`,
    ...groups,
    paint.bold(summaryOf(report)),
    ...refusals.map((refusal) => `${paint.red('refused:')} ${inLines(onOneLine(refusal))}`),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
};

/** The next command on a line of its own, and each of its alternatives. */
const inLines = (refusal: string): string => {
  const at = refusal.lastIndexOf(' Next: ');
  if (at < 0) return refusal;
  const next = refusal.slice(at + ' Next: '.length).replaceAll('; --', '\n    or: --');
  return `${refusal.slice(0, at)}\n  next: ${next}`;
};

const linesOf = (object: ReportedObject, paint: Paint): readonly string[] => {
  const { action, key, name, changes, outcome } = object;
  const colour = colourOf(action, paint);
  const remark = remarkOf(object);
  const end =
    outcome && (outcome.result !== 'done' || outcome.reason !== undefined)
      ? `: ${outcome.result}${outcome.reason === undefined ? '' : `, ${outcome.reason}`}`
      : '';
  const shownEnd = outcome?.result === 'done' ? end : paint.red(onOneLine(end));
  return [
    `  ${colour(sign[action])} ${onOneLine(name)}${name === key ? '' : ` ${paint.dim(onOneLine(key))}`}${remark === undefined ? '' : ` ${colour(`(${onOneLine(remark)})`)}`}${shownEnd}`,
    ...changes.map((change) => `      ${onOneLine(change)}`),
  ];
};

const colourOf = (action: Action, paint: Paint): ((text: string) => string) =>
  ({
    create: paint.green,
    update: paint.yellow,
    delete: paint.red,
    conflict: paint.red,
    foreign: paint.red,
    orphan: paint.cyan,
    unchanged: paint.dim,
  })[action];
