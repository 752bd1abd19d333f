import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ownHomelabs } from '../lib/homelab/read';
import type { Artifact } from '../lib/render/artifact';
import type { Rendered } from '../lib/render/render';
import { compareWithDisk, manifestName, readManifest, writeArtifacts, type Written } from '../lib/render/write';
import type { Change } from '../lib/review/changes/change';
import { colours } from './colours';
import type { HomelabArguments } from './homelab-options';
import { leftOutInWords } from './left-out';
import { renderHomelab, type Run } from './render-homelab';
import { only } from './only';

export interface RenderArguments extends HomelabArguments {
  readonly out: string;
  readonly only: readonly string[] | undefined;
  readonly json: boolean;
  readonly check: boolean;
}

/** Renders, writes (or compares), prints; gives the exit code. */
export const runRender = (given: RenderArguments): number => {
  const run = renderHomelab(given);
  if (run.example)
    process.stderr.write(
      `no homelab file found: rendering the example ${run.file}\n  try: npm run init -- --prometheus http://localhost:9090, which proposes your own\n`,
    );
  if (!given.homelab) noteUnread();
  const out = resolve(given.out);
  const artifacts = given.only ? only(run.rendered, given.only) : run.rendered.artifacts;
  const partial = given.only !== undefined;
  const written = compareWithDisk(artifacts, out, partial);
  const changes = changesOf(run.rendered, artifacts, written, out);
  if (!given.check) writeArtifacts(artifacts, out, partial, run.rendered.rules);
  const snapshots = given.check ? staleOf(run, given) : [];
  process.stdout.write(
    given.json ? toJson(run, artifacts, written, changes, snapshots) : toText(run, artifacts, written, changes, given),
  );
  if (snapshots.length > 0)
    process.stderr.write(
      `snapshots would change: ${snapshots.join(', ')}\n  try: npm run snapshot, and read what changes\n`,
    );
  const differs = written.created.length + written.changed.length + written.deleted.length + snapshots.length > 0;
  return given.check && differs ? 1 : 0;
};

/** Who moves from YAML to TypeScript must not wonder why the other file changes nothing. */
const noteUnread = (): void => {
  const [read, ...unread] = ownHomelabs(process.cwd()).map((file) => relative(process.cwd(), file));
  if (unread.length > 0) process.stderr.write(`${read} is read, not ${unread.join(', ')}\n  try: keep one of them\n`);
};

/** What changes at this home, read before it is written over. Undefined where there was no render before. */
const changesOf = (
  { alerts }: Rendered,
  artifacts: readonly Artifact[],
  written: Written,
  out: string,
): readonly Change[] | undefined => {
  if (!existsSync(join(out, manifestName))) return undefined;
  if (written.created.length + written.changed.length + written.deleted.length === 0) return [];
  const ours = readManifest(out);
  if (ours.length === 0)
    return [{ kind: 'not compared', path: manifestName, why: 'it does not say which files the last render wrote' }];
  const { changesAtHome } = require('../lib/review/changes/at-home') as typeof import('../lib/review/changes/at-home');
  return changesAtHome(artifacts, written, out, ours, alerts);
};

/** Snapshots are of everything, as the homelab file says it. */
const staleOf = (run: Run, { only: some, engine, mode }: RenderArguments): readonly string[] => {
  if (some ?? engine ?? mode) return [];
  // Loaded only for a check: outlines need what nothing else does.
  return (require('./snapshots') as typeof import('./snapshots')).staleSnapshots(run);
};

const toText = (
  run: Run,
  artifacts: readonly Artifact[],
  written: Written,
  changes: readonly Change[] | undefined,
  { out, check }: RenderArguments,
): string => {
  const { boards, alerts, panels } = counts(run.rendered);
  const { created, changed, deleted } = written;
  const touched = created.length + changed.length + deleted.length;
  const files = [
    ...withoutRunbooks(created).map((path) => `  ${colours.green('new')}      ${path}`),
    ...withoutRunbooks(changed).map((path) => `  ${colours.yellow('changed')}  ${path}`),
    ...withoutRunbooks(deleted).map((path) => `  ${colours.red(check ? 'gone   ' : 'deleted')}  ${path}`),
  ];
  const { omissions } = run.rendered;
  const leftOut = leftOutInWords(omissions, colours.bold);
  return [
    `${boards} boards with ${panels} panels, ${alerts} alerts for ${run.homelab.alerting.engine}${includedInText(run.rendered)}: ${artifacts.length} files in ${out}, ${touched === 0 ? 'none changed' : `${touched} ${check ? 'would change' : 'changed'}`}`,
    ...changesInText(changes),
    ...(changes && changes.length > 0 ? ['files:'] : []),
    ...files,
    ...run.rendered.notes.map((note) => `note: ${note}`),
    ...(leftOut.length > 0
      ? [leftOut.length < omissions.length ? 'left out (`--json` names each):' : 'left out:', ...leftOut]
      : []),
    ...(changes || check ? [] : [`next: ${join(out, 'NEXT-STEPS.md')} says what is left to do`]),
    '',
  ].join('\n');
};

/** `, 2 boards and 1 rule file of others`. */
const includedInText = ({ included: { boards, rules } }: Rendered): string => {
  const counted = [
    ...(boards.length > 0 ? [`${boards.length} ${boards.length === 1 ? 'board' : 'boards'}`] : []),
    ...(rules.length > 0 ? [`${rules.length} ${rules.length === 1 ? 'rule file' : 'rule files'}`] : []),
  ];
  return counted.length > 0 ? `, ${counted.join(' and ')} of others` : '';
};

/** Pages of alerts say no more here than that they are there. */
const withoutRunbooks = (paths: readonly string[]): readonly string[] => {
  const pages = paths.filter((path) => path.startsWith('runbooks/'));
  if (pages.length < 3) return paths;
  return paths.flatMap((path) => {
    if (!pages.includes(path)) return [path];
    return path === pages[0] ? [`runbooks/: ${pages.length} pages`] : [];
  });
};

const changesInText = (changes: readonly Change[] | undefined): readonly string[] => {
  if (!changes) return ['first render: everything is new'];
  if (changes.length === 0) return [];
  const { changesInWords } = require('../lib/review/changes/print') as typeof import('../lib/review/changes/print');
  return ['what changes at this home:', ...changesInWords(changes)];
};

const toJson = (
  { rendered, file, homelab }: Run,
  artifacts: readonly Artifact[],
  written: Written,
  changes: readonly Change[] | undefined,
  snapshots: readonly string[],
): string =>
  `${JSON.stringify(
    {
      homelab: file,
      engine: homelab.alerting.engine,
      mode: homelab.grafana.mode,
      counts: {
        dashboards: rendered.boards.length,
        panels: counts(rendered).panels,
        alerts: counts(rendered).alerts,
        included: { dashboards: rendered.included.boards.length, ruleFiles: rendered.included.rules.length },
      },
      artifacts: artifacts.map(({ kind, path, name, title, text, source }) => ({
        kind,
        path,
        name,
        ...(kind === 'dashboard' && { uid: name }),
        ...(title && { title }),
        ...(source !== undefined && { source }),
        bytes: Buffer.byteLength(text),
        change: written.created.includes(path) ? 'created' : written.changed.includes(path) ? 'changed' : 'unchanged',
      })),
      deleted: written.deleted,
      firstRender: changes === undefined,
      changes: changes ?? [],
      snapshots,
      notes: rendered.notes,
      omissions: rendered.omissions,
    },
    null,
    2,
  )}\n`;

const counts = ({ boards, alerts }: Rendered): { boards: number; panels: number; alerts: number } => ({
  boards: boards.length,
  panels: boards.reduce((sum, { panels }) => sum + panels.size, 0),
  alerts: alerts.groups.reduce((sum, group) => sum + group.alerts.length, 0),
});
