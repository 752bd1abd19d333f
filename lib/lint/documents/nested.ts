import type { Path, Place } from '../subject';
import type { Problem, Source } from './source';

/** Reads a file that stands as a text in another one; places are those in the outer file. */
export const nestedIn = (
  outer: Source,
  at: Path,
  text: string,
  readText: (
    file: string,
    text: string,
  ) => { readonly sources: readonly Source[]; readonly problems: readonly Problem[] },
): { readonly sources: readonly Source[]; readonly problems: readonly Problem[] } => {
  const name = String(at.at(-1));
  const placeIn = (place: Place): Place => outer.placeOf(at, offsetOf(text, place));
  const { sources, problems } = readText(name, text);
  return {
    sources: sources.map((source) => ({
      file: outer.file,
      text: outer.text,
      value: source.value,
      comments: [],
      placeOf: (path, offset) => placeIn(source.placeOf(path, offset)),
    })),
    problems: problems.map(({ place, message, caret, expected }) => ({
      file: outer.file,
      place: place ? placeIn(place) : outer.placeOf(at),
      message: `in \`${name}\`: ${message}`,
      ...(caret !== undefined && { caret }),
      ...(expected !== undefined && { expected }),
    })),
  };
};

const offsetOf = (text: string, { line, column }: Place): number => {
  let start = 0;
  for (let left = line; left > 1; left--) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
};
