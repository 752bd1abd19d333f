import { HomelabError, isHomelabError } from '../homelab/homelab-error';
import { allowedNames, closest } from '../homelab/nearest';
import { withPosition, type HomelabText } from '../homelab/position';
import { problem, quote } from '../homelab/problem';
import type { ResolvedHomelab } from '../homelab/resolved';
import { includedBoard, type IncludedBoard } from './dashboard';
import type { IncludedFile } from './included-file';
import { IncludedError } from './included-error';
import { inputNames } from './inputs';
import { readText, withoutMark } from './read-text';
import { recognise, type Recognised } from './recognise';
import { includedRules, type IncludedRules } from './rules';

/** What joins in: sorted by the path of the file. */
export interface Included {
  readonly boards: readonly IncludedBoard[];
  readonly rules: readonly IncludedRules[];
}

export const nothingIncluded: Included = { boards: [], rules: [] };

/** A board that is ours, as far as an included one could stand in its way. */
export interface Taken {
  readonly uid: string;
  readonly title: string;
  readonly folder: string;
  readonly folderUid: string;
}

/**
 * Reads the files that join in beside what is `taken`; pure. Throws an `IncludedError` with everything that is wrong with any of
 * them, or a `HomelabError` for what the homelab file says of them.
 */
export const include = (
  files: readonly IncludedFile[],
  homelab: ResolvedHomelab,
  taken: readonly Taken[],
): Included => {
  if (files.length === 0) return nothingIncluded;
  const errors: HomelabError[] = [];
  const read = [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => collecting(errors, () => [readFile(file)]));
  const boards = read.flatMap(({ file, found, locate }) =>
    found.kind === 'dashboard' ? collecting(errors, () => [includedBoard(file, found, locate, homelab)]) : [],
  );
  const rules = read.flatMap(({ file, found, locate }) =>
    found.kind === 'rules'
      ? collecting(errors, () => [includedRules(file, found.file, locate, homelab.alerting.engine)])
      : [],
  );
  errors.push(...clashes(boards, taken));
  if (errors.length > 0) throw new IncludedError(errors.sort((a, b) => ((a.file ?? '') < (b.file ?? '') ? -1 : 1)));
  refuseUnknownInputs(read);
  refuseLikeFolders(boards, taken);
  return { boards, rules };
};

interface Read {
  readonly file: IncludedFile;
  readonly found: Exclude<Recognised, { readonly kind: 'unknown' }>;
  readonly locate: HomelabText['locate'];
}

const readFile = (given: IncludedFile): Read => {
  const file = { ...given, text: withoutMark(given.text) };
  const { value, locate } = readText(file.text, file.source);
  const found = recognise(value);
  if (found.kind !== 'unknown') return { file, found, locate };
  // Of a file as a whole no line says more than another.
  const { keys } = found.problem;
  throw new HomelabError([keys.length === 0 ? found.problem : withPosition(found.problem, locate)], file.source);
};

/** What a step gives; what it finds wrong is put with the rest, so that one run tells all. */
const collecting = <Result>(errors: HomelabError[], step: () => readonly Result[]): readonly Result[] => {
  try {
    return step();
  } catch (error) {
    if (!isHomelabError(error)) throw error;
    errors.push(error);
    return [];
  }
};

/** Grafana stops writing a folder in which two dashboards have one uid or one title. */
const clashes = (boards: readonly IncludedBoard[], taken: readonly Taken[]): readonly HomelabError[] => {
  const folders = new Set([...boards, ...taken].map(({ folderUid }) => folderUid));
  const uids = new Map(taken.map(({ uid, title }) => [uid, `our board ${quote(title)}`]));
  const titles = new Map(taken.map(({ folderUid, title }) => [`${folderUid} ${title}`, 'our board']));
  return boards.flatMap((board) => {
    const { file, uid, title, folder, folderUid, locate, at } = board;
    const named = `${folderUid} ${title}`;
    const problems = [
      ...(uids.has(uid)
        ? [
            problem([...at, 'uid'], {
              what: `${uids.get(uid)} has this uid too`,
              value: uid,
              try: 'give one of them another `"uid"`, or leave one out',
            }),
          ]
        : []),
      ...(folders.has(uid)
        ? [problem([...at, 'uid'], { what: 'a folder has this uid too', value: uid, try: 'give it another `"uid"`' })]
        : []),
      ...(titles.has(named) && !uids.has(uid)
        ? [
            problem([...at, 'title'], {
              what: `${titles.get(named)} in the folder ${quote(folder)} has this title too`,
              value: title,
              try: 'change one of the titles, or choose another `folder:`',
            }),
          ]
        : []),
    ];
    if (!uids.has(uid)) uids.set(uid, file.source);
    if (!titles.has(named)) titles.set(named, file.source);
    return problems.length === 0
      ? []
      : [
          new HomelabError(
            problems.map((one) => withPosition(one, locate)),
            file.source,
          ),
        ];
  });
};

/** Values for inputs that no dashboard of the entry asks for: a misspelt name would change nothing, silently. */
const refuseUnknownInputs = (read: readonly Read[]): void => {
  const entries = [...new Set(read.map(({ file }) => file.entry))];
  const wrong = entries.flatMap((entry) => {
    const here = read.filter(({ file }) => file.entry === entry);
    const asked = [
      ...new Set(here.flatMap(({ found }) => (found.kind === 'dashboard' ? inputNames(found.model) : []))),
    ];
    return Object.keys(here[0]?.file.inputs ?? {})
      .filter((name) => !asked.includes(name))
      .map((name) => {
        const meant = closest(name, asked);
        return problem(['include', entry, 'inputs', name], {
          what: 'none of these dashboards asks for it',
          allowed: asked.length > 0 ? allowedNames(name, asked) : 'nothing: none of them asks for anything',
          try: meant ? `write \`${meant}:\` instead of \`${name}:\`` : `remove \`${name}\``,
          onKey: true,
        });
      });
  });
  if (wrong.length > 0) throw new HomelabError(wrong);
};

/** Folders have their uids from their titles: two titles that differ in case or punctuation only would be one. */
const refuseLikeFolders = (boards: readonly IncludedBoard[], taken: readonly Taken[]): void => {
  const titles = new Map(taken.map(({ folderUid, folder }) => [folderUid, folder]));
  const wrong = boards.flatMap(({ file, folder, folderUid }) => {
    const other = titles.get(folderUid) ?? folder;
    titles.set(folderUid, other);
    return other === folder
      ? []
      : [
          problem(['include', file.entry, 'folder'], {
            what: `too like the folder ${quote(other)}`,
            value: folder,
            try: `write \`folder: ${quote(other)}\`, or choose another title`,
          }),
        ];
  });
  if (wrong.length > 0) throw new HomelabError(wrong.slice(0, 1));
};
