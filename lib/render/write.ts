import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Artifact } from './artifact';

/** Lists the files that we wrote, so that only those are ever deleted, and the rules, so that Grafana can be told which are gone. */
export const manifestName = '.homelab-dashboards.json';

/** What writing did, as paths relative to the output folder. */
export interface Written {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly deleted: readonly string[];
}

/**
 * What writing would do; reads only. A file that a stranger put where ours belongs counts as changed. `partial`: the artifacts
 * are not all there is, so nothing is missing.
 */
export const compareWithDisk = (artifacts: readonly Artifact[], out: string, partial = false): Written => {
  const ours = partial ? [] : readManifest(out);
  const paths = new Set(artifacts.map(({ path }) => path));
  const state = (artifact: Artifact): 'created' | 'changed' | 'unchanged' => {
    const file = join(out, artifact.path);
    if (!existsSync(file)) return 'created';
    return readFileSync(file, 'utf8') === artifact.text ? 'unchanged' : 'changed';
  };
  const states = artifacts.map((artifact) => ({ path: artifact.path, is: state(artifact) }));
  const by = (wanted: string): readonly string[] => states.filter(({ is }) => is === wanted).map(({ path }) => path);
  return {
    created: by('created'),
    changed: by('changed'),
    unchanged: by('unchanged'),
    deleted: ours.filter((path) => !paths.has(path) && existsSync(join(out, path))),
  };
};

/**
 * Writes what differs, file by file (write, then rename), inside folders that stay, because container mounts hold on to them.
 * Everything is on disk under a temporary name before the first rename, so a full disk changes nothing. Deletions come last, and
 * only of files that an earlier run wrote. `rules`: uids of the rules in `artifacts`, which are remembered for good.
 */
export const writeArtifacts = (
  artifacts: readonly Artifact[],
  out: string,
  partial = false,
  rules: readonly string[] = [],
): Written => {
  const written = compareWithDisk(artifacts, out, partial);
  const touched = new Set([...written.created, ...written.changed]);
  const pending: { readonly temporary: string; readonly file: string }[] = [];
  try {
    for (const { path, text } of artifacts.filter((artifact) => touched.has(artifact.path)))
      pending.push(stage(join(out, path), text));
    const files = new Set([...artifacts.map(({ path }) => path), ...(partial ? readManifest(out) : [])]);
    const rulesNow = artifacts.some(({ kind }) => kind === 'alert-rules') ? rules : [];
    const remembered = [...new Set([...readRulesBefore(out), ...rulesNow])].sort();
    const manifest = `${JSON.stringify({ files: [...files].sort(), ...(remembered.length > 0 && { rules: remembered }) }, null, 2)}\n`;
    if (readText(join(out, manifestName)) !== manifest) pending.push(stage(join(out, manifestName), manifest));
  } catch (error) {
    for (const { temporary } of pending) rmSync(temporary, { force: true });
    throw error;
  }
  for (const { temporary, file } of pending) renameSync(temporary, file);
  for (const path of written.deleted) {
    rmSync(join(out, path), { force: true });
    removeEmptyFolders(out, posix.dirname(path));
  }
  return written;
};

const stage = (file: string, text: string): { readonly temporary: string; readonly file: string } => {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, 'w');
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return { temporary, file };
};

const readText = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** Uids of the rules that earlier runs wrote for Grafana; empty where there was none. */
export const readRulesBefore = (out: string): readonly string[] =>
  textsAt(out, 'rules').filter((uid) => uidOfGrafana.test(uid));

const uidOfGrafana = /^[A-Za-z0-9_-]{1,40}$/;

/** The files that we wrote into a folder; none where nobody can read the manifest. */
export const readManifest = (out: string): readonly string[] =>
  textsAt(out, 'files').filter((path) => !path.startsWith('/') && !path.split('/').includes('..'));

/** A list of our manifest; empty where it is not as we write it. */
const textsAt = (out: string, key: 'files' | 'rules'): readonly string[] => {
  const text = readText(join(out, manifestName));
  if (text === undefined) return [];
  try {
    const list = (JSON.parse(text) as Readonly<Record<string, unknown>>)[key];
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
};

const removeEmptyFolders = (out: string, folder: string): void => {
  for (let each = folder; each !== '.' && each !== ''; each = posix.dirname(each)) {
    const path = join(out, each);
    if (!existsSync(path) || !statSync(path).isDirectory() || readdirSync(path).length > 0) return;
    rmdirSync(path);
  }
};
