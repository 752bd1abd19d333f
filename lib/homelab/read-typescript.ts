import { registerTypeScript } from '../register-typescript';
import { explainFailure, locate } from './explain-typescript';
import { HomelabError, isHomelabError } from './homelab-error';
import { problem } from './problem';
import { withPosition, type HomelabText } from './position';

/** What a TypeScript file exports by default. Throws a `HomelabError` where it cannot be loaded. */
export const readTypeScript = (file: string): HomelabText => {
  const value = load(file);
  return { value, locate: (one) => locate(file, one) };
};

const load = (file: string): unknown => {
  try {
    registerTypeScript();
    const loaded = require(file) as { readonly default?: unknown };
    if (loaded.default !== undefined) return loaded.default;
  } catch (error) {
    if (!isHomelabError(error)) throw new HomelabError(explainFailure(file, error), file, { cause: error });
    if (error.file !== undefined) throw error;
    const problems = error.problems.map((one) => withPosition(one, (it) => locate(file, it)));
    throw new HomelabError(problems, file);
  }
  const what = 'no default export';
  throw new HomelabError([problem([], { what, try: 'write `export default defineHomelab({ ... })`' })], file);
};
