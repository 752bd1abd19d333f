import { each, type Draft } from '../draft';
import { problem, type HomelabProblem, type Keys } from '../problem';

/** Patterns stay below the folder of the homelab file, so that what is rendered is in its git; folders are ones that Grafana takes. */
export function* checkInclude({ include }: Draft): Iterable<HomelabProblem> {
  for (const [index, entry] of each(include)) {
    if (typeof entry === 'string') {
      yield* checkPattern(['include', index], entry);
      continue;
    }
    if (typeof entry.files === 'string') yield* checkPattern(['include', index, 'files'], entry.files);
    else for (const [at, pattern] of each(entry.files)) yield* checkPattern(['include', index, 'files', at], pattern);
    if (entry.folder?.toLowerCase() === 'general')
      yield problem(['include', index, 'folder'], {
        what: 'a title that Grafana keeps for itself',
        value: entry.folder,
        try: 'choose another title',
      });
  }
}

function* checkPattern(keys: Keys, pattern: string): Iterable<HomelabProblem> {
  const wrong = faultOf(pattern);
  if (!wrong) return;
  yield problem(keys, {
    what: wrong,
    value: pattern,
    allowed: "files in the homelab file's folder and below it, such as `own/**/*.json`",
    try: 'copy them there, or make a symbolic link to their folder',
  });
}

const faultOf = (pattern: string): string | undefined => {
  if (pattern.trim() === '') return 'empty pattern';
  if (pattern.startsWith('!')) return 'a pattern cannot leave files out';
  if (/^([/\\~]|[A-Za-z]:)/.test(pattern)) return "an absolute path, outside of the homelab file's folder";
  if (/(^|[/{,(|])\.\.([/},)|]|$)/.test(pattern)) return "a pattern that leaves the homelab file's folder";
  return undefined;
};
