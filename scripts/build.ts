import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { exitCode, explain } from './failure';

const root = join(__dirname, '..');
const build = join(root, 'build');

/** What the package needs beside compiled code: catalogs, schemas, compiled validators, and the examples to copy from. */
const isNeeded = (path: string): boolean =>
  (/\.(json|gen\.js|gen\.d\.ts)$/.test(path) && path.startsWith('lib/') && !path.includes('/testing/')) ||
  /^examples\/.*\.(ts|yaml|json)$/.test(path);

/** Compiles the library into `build/`, as it is published: ts-node does not compile what stands under node_modules. */
const main = (): void => {
  rmSync(build, { recursive: true, force: true });
  const compiled = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (compiled.status !== 0) throw new Error('the library does not compile\n  try: npx tsc --noEmit');
  for (const path of ['lib', 'examples'].flatMap(filesIn).filter(isNeeded)) copy(path);
  for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE']) if (existsSync(join(root, name))) copy(name);
  if (existsSync(join(root, 'docs'))) cpSync(join(root, 'docs'), join(build, 'docs'), { recursive: true });
  writeFileSync(join(build, 'package.json'), `${JSON.stringify(publishedPackage(), null, 2)}\n`);
  chmodSync(join(build, 'scripts', 'cli.js'), 0o755);
  process.stdout.write(`${filesIn('build').length} files in build/\n  try: npm pack ./build\n`);
};

/** Ours, with the entries pointing at what was compiled. */
const publishedPackage = (): object => {
  const { name, version, description, license, engines, exports, bin, dependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, unknown> & { exports: Record<string, string>; bin: Record<string, string> };
  return {
    name,
    version,
    description,
    license,
    engines,
    exports: Object.fromEntries(Object.entries(exports).map(([entry, path]) => [entry, compiledEntry(path)])),
    bin: Object.fromEntries(Object.entries(bin).map(([command, path]) => [command, path.replace(/\.ts$/, '.js')])),
    types: exports['.']?.replace(/\.ts$/, '.d.ts'),
    dependencies,
  };
};

const compiledEntry = (path: string): string | object =>
  path.endsWith('.ts') ? { types: path.replace(/\.ts$/, '.d.ts'), default: path.replace(/\.ts$/, '.js') } : path;

const copy = (path: string): void => {
  mkdirSync(dirname(join(build, path)), { recursive: true });
  copyFileSync(join(root, path), join(build, path));
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );

try {
  main();
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = exitCode(error);
}
