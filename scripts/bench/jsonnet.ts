import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { objectAt, objectsAt, type Json } from '../../lib/grafana-json/json';
import { runProgram } from './run';

const program = join(__dirname, 'generated.jsonnet');

export const howToInstall = [
  'go install github.com/google/go-jsonnet/cmd/jsonnet@v0.21.0',
  'jb install github.com/grafana/grafonnet/gen/grafonnet-v11.4.0@main',
  'export JSONNET_PATH=$PWD/vendor',
] as const;

/** Why go-jsonnet with grafonnet cannot be measured here; undefined when it can. */
export const whyNoJsonnet = (): string | undefined => {
  const { error, status, stderr } = spawnSync('jsonnet', ['--version'], { encoding: 'utf8' });
  if (error || status !== 0) return `jsonnet is not installed${stderr ? `: ${stderr.trim()}` : ''}`;
  const grafonnet = "import 'github.com/grafana/grafonnet/gen/grafonnet-v11.4.0/main.libsonnet'";
  const found = spawnSync('jsonnet', ['-e', `std.length(${grafonnet}) > 0`], { encoding: 'utf8' });
  return found.status === 0 ? undefined : 'grafonnet is not on JSONNET_PATH';
};

/** What grafonnet is given of each of our boards: all that the panels say, none of the work of finding it out. */
export const writeBoards = (rendered: string, folder: string): void => {
  mkdirSync(folder, { recursive: true });
  const boards = readBoards(rendered).map(({ uid, title, description, tags, timezone, panels }) => ({
    uid,
    title,
    description,
    tags,
    timezone,
    panels: (panels as Json[]).map(plain),
  }));
  writeFileSync(join(folder, 'boards.json'), JSON.stringify(boards));
};

/** One run of jsonnet on the boards in `folder`. */
export const runJsonnet = (folder: string): number => {
  const out = join(folder, 'out');
  mkdirSync(out, { recursive: true });
  return runProgram('jsonnet', ['-J', folder, '-m', out, program]).wall;
};

/** Boards, panels and queries in a folder, to see that both sides made the same. */
export const countBoards = (folder: string): string => {
  const boards = readBoards(folder);
  const panels = boards.flatMap((board) => objectsAt(board, 'panels').map(([panel]) => panel));
  const queries = panels.flatMap((panel) => objectsAt(panel, 'targets'));
  return `${boards.length} boards, ${panels.length} panels and rows, ${queries.length} queries`;
};

const readBoards = (folder: string): readonly Json[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && !path.includes('.homelab'))
    .sort()
    .map((path) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as Json);

const plain = (panel: Json): Json => {
  const { unit, min = null, max = null, thresholds } = objectAt(objectAt(panel, 'fieldConfig'), 'defaults');
  const { type, title, description, gridPos, targets } = panel;
  return {
    type,
    title,
    description,
    gridPos,
    targets,
    unit,
    min,
    max,
    steps: objectAt({ thresholds }, 'thresholds')['steps'],
  };
};
