import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname } from 'node:path';
import { constants, Script } from 'node:vm';

// V8 compiles a function when it is first called, which is most of what a short command does. What it compiled in an earlier run of
// the same command is kept, for our modules and those of packages alike.

interface Compiling {
  _compile(this: NodeModule, code: string, file: string, format?: string): unknown;
}

interface Kept {
  readonly hash: string;
  readonly from: number;
  readonly to: number;
}

/** Compiles every module from here on with what `file` keeps, and writes there what is new when the process ends. */
export const keepCode = (file: string): void => {
  const { index, bytes } = read(file);
  const scripts = new Map<string, { readonly script: Script; readonly hash: string }>();
  let isNew = false;
  const own = Module.prototype as unknown as Compiling;
  const compile = own._compile;
  own._compile = function (code, path, format) {
    // ES modules are compiled otherwise.
    if (format === 'module') return compile.call(this, code, path, format);
    const source = Module.wrap(code.replace(/^#!.*/, ''));
    const hash = createHash('md5').update(source).digest('base64');
    const kept = index[path];
    const cachedData = kept?.hash === hash ? bytes.subarray(kept.from, kept.to) : undefined;
    const script = new Script(source, {
      filename: path,
      columnOffset: -Module.wrap('').indexOf('\n'),
      ...(cachedData && { cachedData }),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (!cachedData || script.cachedDataRejected) isNew = true;
    scripts.set(path, { script, hash });
    const run = script.runInThisContext() as (...parts: unknown[]) => unknown;
    return run.call(this.exports, this.exports, requireOf(this), this, path, dirname(path));
  };
  process.once('exit', () => {
    if (isNew) write(file, scripts);
  });
};

const requireOf = (module: NodeModule): NodeJS.Require => {
  const all = Module as unknown as {
    _resolveFilename(request: string, parent: NodeModule, isMain: boolean, options?: object): string;
    _cache: NodeJS.Require['cache'];
    _extensions: NodeJS.Require['extensions'];
  };
  const require = ((id: string) => module.require(id)) as unknown as NodeJS.Require;
  require.resolve = ((request: string, options?: object) =>
    all._resolveFilename(request, module, false, options)) as NodeJS.RequireResolve;
  require.main = process.mainModule;
  require.cache = all._cache;
  require.extensions = all._extensions;
  return require;
};

const read = (file: string): { readonly index: Readonly<Record<string, Kept>>; readonly bytes: Buffer } => {
  try {
    const all = readFileSync(file);
    const length = all.readUInt32LE(0);
    const index = JSON.parse(all.toString('utf8', 4, 4 + length)) as Record<string, Kept>;
    return { index, bytes: all.subarray(4 + length) };
  } catch {
    return { index: {}, bytes: Buffer.alloc(0) };
  }
};

const write = (
  file: string,
  scripts: ReadonlyMap<string, { readonly script: Script; readonly hash: string }>,
): void => {
  try {
    const parts: Buffer[] = [];
    const index: Record<string, Kept> = {};
    let from = 0;
    for (const [path, { script, hash }] of scripts) {
      const data = script.createCachedData();
      parts.push(data);
      index[path] = { hash, from, to: from + data.length };
      from += data.length;
    }
    const head = Buffer.from(JSON.stringify(index));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, Buffer.concat([length, head, ...parts]));
    renameSync(temporary, file);
  } catch {
    // The next start compiles again.
  }
};
