import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { keepCode } from './code-cache';

// ts-node compiles every file at every start, which takes a third of a short command's time. What swc made of a file is
// kept outside of the tree, as long as the file stays as it is. HOMELAB_DASHBOARDS_CACHE=off does without.

interface Compiled {
  readonly changed: number;
  readonly size: number;
  readonly code: string;
}

type Loader = (module: NodeModule, file: string) => unknown;

interface Compiling {
  _compile(code: string, file: string): unknown;
}

const root = join(__dirname, '..');
const sourceMapComment = '//# sourceMappingURL=';

/** Another compiler, other settings, another clone: another cache. */
const cacheFile = (): string => {
  const versions = ['ts-node', '@swc/core'].map(
    (name) => (require(`${name}/package.json`) as { version: string }).version,
  );
  const settings = [root, process.version, ...versions, readFileSync(join(root, 'tsconfig.json'), 'utf8')];
  const key = createHash('sha256').update(settings.join('\n')).digest('hex').slice(0, 16);
  return join(
    process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
    'homelab-dashboards',
    `transpiled-${key}.json`,
  );
};

const read = <T extends object>(file: string): Record<string, T> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, T>;
  } catch {
    return {};
  }
};

/** Written beside and renamed, so that another process never reads half of it; a full or read-only disk is no failure. */
const write = (file: string, value: object): void => {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, JSON.stringify(value));
    renameSync(temporary, file);
  } catch {
    // The next start compiles again.
  }
};

const install = (compile: Loader): void => {
  const file = cacheFile();
  const mapsFile = file.replace(/\.json$/, '.maps.json');
  keepCode(file.replace(/\.json$/, `.${process.argv[2] ?? 'none'}.code`));
  const known = read<Compiled>(file);
  const made: Record<string, string> = {};
  let maps: Record<string, string> | undefined;

  const load: Loader = (module, path) => {
    const { mtimeMs: changed, size } = statSync(path);
    const compiled = known[path];
    if (compiled?.changed === changed && compiled.size === size)
      return (module as unknown as Compiling)._compile(compiled.code, path);
    return compileAndKeep(module, path, (text) => {
      const at = text.lastIndexOf(sourceMapComment);
      known[path] = { changed, size, code: at === -1 ? text : text.slice(0, at) };
      made[path] = at === -1 ? '' : text.slice(at);
    });
  };

  /** ts-node hands what it compiled to the module's own `_compile`. */
  const compileAndKeep = (module: NodeModule, path: string, keep: (text: string) => void): unknown => {
    const prototype = Module.prototype as unknown as Compiling;
    const own = prototype._compile;
    prototype._compile = function (this: Compiling, text, from) {
      if (from === path) {
        prototype._compile = own;
        keep(text);
      }
      return own.call(this, text, from);
    };
    try {
      return compile(module, path);
    } finally {
      prototype._compile = own;
    }
  };

  resolveKnown((path) => known[path] !== undefined);
  require.extensions['.ts'] = load as (typeof require.extensions)['.ts'];
  mapSources((path) => {
    if (known[path] === undefined || made[path] !== undefined) return null;
    maps ??= read(mapsFile) as unknown as Record<string, string>;
    return maps[path] ?? null;
  });
  process.once('exit', () => {
    if (Object.keys(made).length === 0) return;
    write(mapsFile, { ...read(mapsFile), ...made });
    write(file, known);
  });
};

/** Finds files that were compiled before by one look instead of four or more: Node tries `.js`, `.json` and `.node` first, and follows links. */
const resolveKnown = (isKnown: (path: string) => boolean): void => {
  const own = Module as unknown as Resolving;
  const resolve = own._resolveFilename;
  own._resolveFilename = function (request, parent, ...rest) {
    if (request.startsWith('.') && parent?.filename) {
      const path = `${join(dirname(parent.filename), request)}.ts`;
      if (isKnown(path) && statSync(path, { throwIfNoEntry: false })) return path;
    }
    return resolve.call(this, request, parent, ...rest);
  };
};

interface Resolving {
  _resolveFilename(this: unknown, request: string, parent: NodeModule | undefined, ...rest: unknown[]): string;
}

/** Lets stack traces name the lines of our TypeScript: ts-node knows the source maps only of what it compiled itself. */
const mapSources = (sourceMapOf: (path: string) => string | null): void => {
  const support = require(
    require.resolve('@cspotcode/source-map-support', { paths: [dirname(require.resolve('ts-node'))] }),
  ) as { install(options: { environment: 'node'; retrieveFile(path: string): string | null }): void };
  support.install({
    environment: 'node',
    retrieveFile: (path) => sourceMapOf(path.replace(/^file:\/\//, '')),
  });
};

const tsNode = require.extensions['.ts'] as Loader | undefined;
if (tsNode && process.env['HOMELAB_DASHBOARDS_CACHE'] !== 'off') install(tsNode);
