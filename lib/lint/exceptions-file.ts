import { LineCounter, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { nearest } from '../nearest';
import type { ListedException } from './exceptions';
import type { Problem } from './report/result';

/** The name of the file that is looked for beside the homelab file, and in the folder where the command runs. */
export const exceptionsFileName = 'homelab-lint.yaml';

const keys = ['rule', 'reason', 'until', 'about', 'file', 'dashboard', 'panel', 'alert'] as const;

/**
 * Reads a lint file: `allow:`, a list of exceptions, each with a rule and a reason. Gives what is wrong with it as problems, with line
 * and what is allowed.
 */
export const readExceptions = (
  file: string,
  text: string,
): { readonly exceptions: readonly ListedException[]; readonly problems: readonly Problem[] } => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems: Problem[] = [];
  const wrong = (offset: number, message: string, remedy: string): void => {
    const { line, col } = lines.linePos(offset);
    problems.push({ subject: file, line, column: col, message, try: remedy });
  };
  for (const { pos, message } of document.errors) wrong(pos[0], message.split('\n')[0] as string, 'mend the YAML');
  if (problems.length > 0) return { exceptions: [], problems };

  const top = document.contents;
  const list = isMap(top) ? top.get('allow', true) : undefined;
  if (!isMap(top) || !isSeq(list)) {
    wrong(0, 'no list of exceptions', `write \`allow:\` with entries of ${keys.join(', ')}`);
    return { exceptions: [], problems };
  }
  for (const { key } of top.items)
    if (isScalar(key) && key.value !== 'allow')
      wrong(key.range?.[0] ?? 0, `unknown key \`${String(key.value)}\``, 'only `allow` stands at the top');

  const exceptions = list.items.flatMap((item) => {
    const start = (item as { range?: readonly [number, number, number] }).range?.[0] ?? 0;
    if (!isMap(item)) {
      wrong(start, 'an exception is a mapping', 'write `- rule: …` and `reason: …`');
      return [];
    }
    const before = problems.length;
    const said = readEntry(item, wrong);
    if (!said['rule']) wrong(start, 'an exception without a rule', 'write `rule:` with the id that a finding shows');
    if (!said['reason']) wrong(start, 'an exception without a reason', 'write `reason:`: why it is right here');
    if (said['until'] && !isDay(said['until']))
      wrong(start, `\`until: ${said['until']}\` is no day`, 'write it as 2027-01-31');
    if (problems.length > before) return [];
    const { line, col } = lines.linePos(start);
    return [{ ...said, place: { file, line, column: col } } as unknown as ListedException];
  });
  return { exceptions, problems };
};

const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // Not the 30th of February, which some make the 2nd of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const readEntry = (
  item: YAMLMap,
  wrong: (offset: number, message: string, remedy: string) => void,
): Readonly<Record<string, string>> => {
  const said: Record<string, string> = {};
  for (const { key, value } of item.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const at = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    if (!keys.some((one) => one === name)) {
      const [meant] = nearest(name, keys);
      wrong(at, `unknown key \`${name}\``, meant ? `write \`${meant}\`` : `allowed are ${keys.join(', ')}`);
    } else if (isScalar(value) && value.value !== null && String(value.source ?? value.value).trim() !== '')
      // A day is kept as it is written, not made a date.
      said[name] = String(value.source ?? value.value);
    else wrong(at, `\`${name}\` has no text`, 'write one line of text');
  }
  return said;
};
