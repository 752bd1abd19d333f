import { isMainThread } from 'node:worker_threads';

/** Lets `require` read TypeScript where this program itself runs compiled, as in an installed package. */
export const registerTypeScript = (): void => {
  if (require.extensions['.ts']) return;
  // Loaded only here: it costs more than all the rest of a run that has no TypeScript of the user's.
  const { register } = require('ts-node') as typeof import('ts-node');
  register({
    // swc is native code that takes the process down when a worker thread that loaded it ends; tests run in such threads.
    ...(isMainThread ? { swc: true } : { transpileOnly: true }),
    skipProject: true,
    compilerOptions: { module: 'NodeNext', moduleResolution: 'NodeNext', target: 'ES2022', esModuleInterop: true },
  });
};
