import Module from 'node:module';

// Every panel module of the Foundation SDK also loads all builders of the v2 schema, a hundred and thirty files that no classic
// dashboard needs and that took a tenth of a short command's time. They are loaded when somebody first asks for one.

const sdk = '@grafana/grafana-foundation-sdk';

/** Puts something in the place of a module that becomes the module when it is first looked at. */
const later = (specifier: string): void => {
  const path = resolved(specifier);
  if (path === undefined || require.cache[path]) return;
  let real: object | undefined;
  const load = (): object => {
    if (real) return real;
    delete require.cache[path];
    return (real = require(path) as object);
  };
  const standIn = new Module(path);
  standIn.filename = path;
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    {
      // What compilers ask of a module before they use it, which is no use yet.
      get: (_, key) => (key === '__esModule' ? true : Reflect.get(load(), key)),
      has: (_, key) => Reflect.has(load(), key),
    },
  );
  require.cache[path] = standIn as NodeModule;
};

/** Undefined in a version of the SDK that has no such module: then nothing is saved, and nothing breaks. */
const resolved = (specifier: string): string | undefined => {
  try {
    return require.resolve(specifier);
  } catch {
    return undefined;
  }
};

for (const name of ['dashboardv2', 'dashboardv2beta1']) later(`${sdk}/${name}`);
