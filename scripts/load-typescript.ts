/** The default export of a TypeScript file; ts-node compiles it without checking types, as it does with ours. */
export const loadDefault = (file: string): unknown => {
  registerTypeScript();
  const loaded = require(file) as { default?: unknown };
  if (loaded.default === undefined)
    throw new Error(`${file} has no default export\n  try: export default defineDashboard({ … })`);
  return loaded.default;
};

/** Lets `require` read TypeScript where the program itself runs compiled, as in an installed package. */
export const registerTypeScript = (): void => {
  if (require.extensions['.ts']) return;
  // Loaded only here: it costs more than all the rest of a run that has no TypeScript of the user's.
  const { register } = require('ts-node') as typeof import('ts-node');
  register({
    swc: true,
    transpileOnly: true,
    skipProject: true,
    compilerOptions: { module: 'NodeNext', moduleResolution: 'NodeNext', target: 'ES2023', esModuleInterop: true },
  });
};
