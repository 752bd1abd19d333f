import { registerTypeScript } from '../lib/register-typescript';

/** All that a TypeScript file exports. */
export const loadModule = (file: string): Readonly<Record<string, unknown>> => {
  registerTypeScript();
  return require(file) as Readonly<Record<string, unknown>>;
};

/** The default export of a TypeScript file; ts-node compiles it without checking types, as it does with ours. */
export const loadDefault = (file: string): unknown => {
  registerTypeScript();
  const loaded = require(file) as { default?: unknown };
  if (loaded.default === undefined)
    throw new Error(`${file} has no default export\n  try: export default defineDashboard({ … })`);
  return loaded.default;
};
