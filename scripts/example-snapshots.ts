import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { casesHomelab } from '../alerts/cases-homelab';
import { alerts } from '../alerts/index';
import { buildAlerts } from '../lib/alerts/define';
import { resolveHomelab } from '../lib/homelab/resolve';
import { panelDrawing } from '../lib/render/dashboard';
import type { Rendered } from '../lib/render/render';
import { renderRunbooks } from '../lib/render/runbooks';
import { comparedSnapshot } from '../lib/review/compared';
import { jsonFiles, outlineFiles, reviewOf, type SnapshotFile } from '../lib/review/review';
import { renderHomelab, type Run } from './render-homelab';
import { examplesFolder, houseOf, inFull, ours, snapshotsFolder, type Snapshots } from './snapshots';

/** Examples whose JSON is kept, too: the least, the usual, the most. */
const withJson: readonly string[] = ['minimal', inFull, 'everything'];

/** The names of our examples, sorted. */
export const exampleNames = (): readonly string[] =>
  readdirSync(examplesFolder)
    .filter((file) => /^[\w-]+$/.test(basename(file, extname(__filename))))
    .map((file) => basename(file, extname(file)))
    .sort();

/** The snapshots of all examples, and the runbooks of our alerts. */
export const exampleSnapshots = (): readonly Snapshots[] => {
  const base = renderExample(inFull);
  const usual = reviewOf(base.rendered);
  const others = exampleNames().filter((name) => name !== inFull);
  const files = [
    { path: 'house.md', text: houseOf(base) },
    ...within(inFull, [...outlineFiles(usual), ...jsonFiles(base.rendered)]),
    ...others.flatMap((name) => {
      const { rendered } = renderExample(name);
      const compared = comparedSnapshot(name, reviewOf(rendered), inFull, usual);
      return within(name, withJson.includes(name) ? [...compared, ...jsonFiles(rendered)] : compared);
    }),
  ];
  return [{ folder: snapshotsFolder, files, ours }, runbooks(base.rendered)];
};

const renderExample = (name: string): Run =>
  renderHomelab({ homelab: join(examplesFolder, `${name}${extname(__filename)}`), engine: undefined, mode: undefined });

/** All alerts, also those of one engine only; panels are called as on the boards given. */
const runbooks = ({ boards }: Rendered): Snapshots => {
  const built = buildAlerts(alerts, resolveHomelab(casesHomelab), { everyEngine: true });
  const artifacts = renderRunbooks(built, (name, signal) => {
    const board = boards.find(({ definition }) => definition.name === name);
    const panel = board && panelDrawing(board, signal.id);
    return board && { board: board.definition.title, ...(panel && { panel: panel.title }) };
  });
  const folder = 'docs/runbooks';
  const files = artifacts.map(({ path, text }) => ({ path: path.slice(folder.length + 1), text }));
  return { folder: join(examplesFolder, '..', '..', folder), files, ours: /^\w+\.md$/ };
};

const within = (name: string, files: readonly SnapshotFile[]): readonly SnapshotFile[] =>
  files.map(({ path, text }) => ({ path: `${name}/${path}`, text }));
