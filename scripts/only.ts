import { nearest } from '../lib/nearest';
import type { Artifact } from '../lib/render/artifact';
import type { Rendered } from '../lib/render/render';

/** The artifacts that the words choose: a kind (`rules`), a board's name or uid, the beginning of a path, or of that of an included file. A word that chooses nothing is an error. */
export const only = ({ artifacts, boards }: Rendered, words: readonly string[]): readonly Artifact[] => {
  const uids = new Map(boards.map(({ definition, uid }) => [definition.name, uid]));
  const fits = (artifact: Artifact, word: string): boolean =>
    artifact.kind === word ||
    artifact.name === (uids.get(word) ?? word) ||
    artifact.path.startsWith(word) ||
    artifact.source?.startsWith(word) === true;
  for (const word of words) {
    if (artifacts.some((artifact) => fits(artifact, word))) continue;
    const included = artifacts.flatMap(({ source, name }) => (source === undefined ? [] : [name]));
    const known = [...new Set([...artifacts.map(({ kind }) => kind), ...uids.keys(), ...included])];
    throw new Error(
      `--only ${word}: no such board or kind of file\n  allowed: ${known.join(', ')}\n  try: --only ${nearest(word, known)[0] ?? known[0]}`,
    );
  }
  return artifacts.filter((artifact) => words.some((word) => fits(artifact, word)));
};
