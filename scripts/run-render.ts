import { resolve } from 'node:path';
import picocolors from 'picocolors';
import type { Artifact } from '../lib/render/artifact';
import type { Rendered } from '../lib/render/render';
import { compareWithDisk, writeArtifacts, type Written } from '../lib/render/write';
import type { HomelabArguments } from './homelab-options';
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
      `no homelab file found: rendering the example ${run.file}\n  try: put your own into home/homelab.ts\n`,
    );
  const out = resolve(given.out);
  const artifacts = given.only ? only(run.rendered, given.only) : run.rendered.artifacts;
  const partial = given.only !== undefined;
  const written = given.check ? compareWithDisk(artifacts, out, partial) : writeArtifacts(artifacts, out, partial);
  const snapshots = given.check ? staleOf(run, given) : [];
  process.stdout.write(
    given.json ? toJson(run, artifacts, written, snapshots) : toText(run, artifacts, written, given),
  );
  if (snapshots.length > 0)
    process.stderr.write(
      `snapshots would change: ${snapshots.join(', ')}\n  try: npm run snapshot, and read what changes\n`,
    );
  const differs = written.created.length + written.changed.length + written.deleted.length + snapshots.length > 0;
  return given.check && differs ? 1 : 0;
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
  { out, check }: RenderArguments,
): string => {
  const { boards, alerts, panels } = counts(run.rendered);
  const changes = [
    ...written.created.map((path) => `  ${picocolors.green('new')}      ${path}`),
    ...written.changed.map((path) => `  ${picocolors.yellow('changed')}  ${path}`),
    ...written.deleted.map((path) => `  ${picocolors.red(check ? 'gone' : 'deleted')}  ${path}`),
  ];
  const leftOut = run.rendered.omissions.map(({ what, where, why }) => `  ${what} ${picocolors.bold(where)}: ${why}`);
  return [
    `${boards} boards with ${panels} panels, ${alerts} alerts for ${run.homelab.alerting.engine}: ${artifacts.length} files in ${out}, ${changes.length === 0 ? 'none changed' : `${changes.length} ${check ? 'would change' : 'changed'}`}`,
    ...changes,
    ...(leftOut.length > 0 ? ['left out:', ...leftOut] : []),
    '',
  ].join('\n');
};

const toJson = (
  { rendered, file, homelab }: Run,
  artifacts: readonly Artifact[],
  written: Written,
  snapshots: readonly string[],
): string =>
  `${JSON.stringify(
    {
      homelab: file,
      engine: homelab.alerting.engine,
      mode: homelab.grafana.mode,
      counts: { dashboards: rendered.boards.length, panels: counts(rendered).panels, alerts: counts(rendered).alerts },
      artifacts: artifacts.map(({ kind, path, name, title, text }) => ({
        kind,
        path,
        name,
        ...(kind === 'dashboard' && { uid: name }),
        ...(title && { title }),
        bytes: Buffer.byteLength(text),
        change: written.created.includes(path) ? 'created' : written.changed.includes(path) ? 'changed' : 'unchanged',
      })),
      deleted: written.deleted,
      snapshots,
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
