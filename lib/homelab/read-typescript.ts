import { isMainThread } from 'node:worker_threads';
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

/** Lets `require` read TypeScript where this program itself runs compiled, as in an installed package. */
const registerTypeScript = (): void => {
  if (require.extensions['.ts']) return;
  const { register } = require('ts-node') as typeof import('ts-node');
  register({
    // swc is native code that takes the process down when a worker thread that loaded it ends; tests run in such threads.
    ...(isMainThread ? { swc: true } : { transpileOnly: true }),
    skipProject: true,
    compilerOptions: { module: 'NodeNext', moduleResolution: 'NodeNext', target: 'ES2022', esModuleInterop: true },
  });
};
