import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { casesHomelab } from '../alerts/cases-homelab';
import { alerts } from '../alerts/index';
import { buildAlerts, type BuiltAlerts } from '../lib/alerts/define';
import { resolveHomelab } from '../lib/homelab/resolve';
import { lintGuide } from '../lib/lint/report/guide';
import { rulePage } from '../lib/lint/report/page';
import { rules } from '../lib/lint/rules/index';
import { renderAlertPacks } from '../lib/render/alert-packs';
import { notificationGuide } from '../lib/render/notification-guide';
import { titleFinder, type Rendered } from '../lib/render/render';
import { renderRunbooks } from '../lib/render/runbooks';
import { comparedSnapshot } from '../lib/review/compared';
import { releaseOf, type Release } from '../lib/review/release/release';
import { jsonFiles, outlineFiles, reviewOf, type SnapshotFile } from '../lib/review/review';
import { appPages } from './app-pages';
import { changelogSnapshot } from './changelog';
import { renderHomelab, type Run } from './render-homelab';
import { examplesFolder, houseOf, inFull, ours, snapshotsFolder, type Snapshots } from './snapshots';

const withEverything = 'everything';

/** Examples whose JSON is kept, too: the least, the usual, the most. */
const withJson: readonly string[] = ['minimal', inFull, withEverything];

/** The names of our examples, sorted. */
export const exampleNames = (): readonly string[] =>
  readdirSync(examplesFolder)
    .filter((file) => extname(file) === extname(__filename) && /^[\w-]+$/.test(basename(file, extname(file))))
    .map((file) => basename(file, extname(file)))
    .sort();

/** The snapshots of all examples, the runbooks of our alerts, the list of their packs, the pages of the linter and of apps, and the list of changes. */
export const exampleSnapshots = (): readonly Snapshots[] => {
  const base = renderExample(inFull);
  const usual = reviewOf(base.rendered);
  const others = exampleNames()
    .filter((name) => name !== inFull)
    .map((name) => ({ name, rendered: renderExample(name).rendered }));
  const files = [
    { path: 'house.md', text: houseOf(base) },
    ...within(inFull, [...outlineFiles(usual), ...jsonFiles(base.rendered)]),
    ...others.flatMap(({ name, rendered }) => {
      const compared = comparedSnapshot(name, reviewOf(rendered), inFull, usual);
      return within(name, withJson.includes(name) ? [...compared, ...jsonFiles(rendered)] : compared);
    }),
  ];
  const most = others.find(({ name }) => name === withEverything)?.rendered ?? base.rendered;
  return [
    { folder: snapshotsFolder, files, ours },
    runbooks(base.rendered),
    alertPacks(),
    notificationsPage,
    lintPages(),
    appPages(),
    changelogSnapshot(libraryOf(most)),
  ];
};

/** What the library has now, as it is recorded with a release. */
export const currentRelease = (): Release => libraryOf(renderExample(withEverything).rendered);

/** Boards of the example that has everything, and every alert, whichever engine it is for. */
const libraryOf = ({ boards }: Rendered): Release => releaseOf(boards, everyAlert());

const everyAlert = (): BuiltAlerts =>
  buildAlerts(alerts, resolveHomelab(casesHomelab), { everyEngine: true, everyPack: true });

const renderExample = (name: string): Run =>
  renderHomelab({ homelab: join(examplesFolder, `${name}${extname(__filename)}`), engine: undefined, mode: undefined });

/** All alerts, also those of one engine only; panels are called as on the boards given. */
const runbooks = ({ boards }: Rendered): Snapshots => {
  const byName = new Map(boards.map((board) => [board.definition.name, board]));
  const artifacts = renderRunbooks(everyAlert(), titleFinder(byName));
  const folder = 'docs/runbooks';
  const files = artifacts.map(({ path, text }) => ({ path: path.slice(folder.length + 1), text }));
  return { folder: join(examplesFolder, '..', '..', folder), files, ours: /^\w+\.md$/ };
};

/** All alerts by pack, also those of one engine only. */
const alertPacks = (): Snapshots => {
  const { path, text } = renderAlertPacks(everyAlert());
  return {
    folder: join(examplesFolder, '..', '..', 'docs'),
    files: [{ path: path.slice('docs/'.length), text }],
    ours: /^alerts\.md$/,
  };
};

/** How one is told, and by what. */
const notificationsPage: Snapshots = {
  folder: join(examplesFolder, '..', '..', 'docs'),
  files: [{ path: 'notifications.md', text: notificationGuide() }],
  ours: /^notifications\.md$/,
};

/** What the linter reports, rule by rule. */
const lintPages = (): Snapshots => ({
  folder: join(examplesFolder, '..', '..', 'docs', 'lint'),
  files: [
    { path: 'README.md', text: lintGuide(rules) },
    ...rules.map((rule) => ({ path: `${rule.id}.md`, text: rulePage(rule) })),
  ],
  ours: /^(?!measured\.md$)[\w-]+\.md$/,
});

const within = (name: string, files: readonly SnapshotFile[]): readonly SnapshotFile[] =>
  files.map(({ path, text }) => ({ path: `${name}/${path}`, text }));
