import { parse } from 'yaml';
import { canonicalJson } from '../grafana-json/canonical-json';
import { isObject, objectsAt, textAt, type Json } from '../grafana-json/json';
import type { Artifact } from '../render/artifact';
import { ruleFileNames } from '../render/included';
import type { Rendered } from '../render/render';
import { outlineAllAlerts } from './alerts';
import { boardNames, outlineBoard } from './board';
import { splitLayout } from './dashboard-json';
import { outlineIncludedBoard, outlineIncludedRules } from './included';
import { printOutline, type Outline } from './outline';
import { outlineRoutes } from './routes';

/** A file of snapshots: a path with forward slashes, and the whole text. */
export interface SnapshotFile {
  readonly path: string;
  readonly text: string;
}

/** All that is rendered for one homelab, as it is reviewed. */
export interface Review {
  readonly boards: readonly Outline[];
  readonly alerts: readonly Outline[];
  /** Who is told of which alert, and when. */
  readonly routes: Outline;
}

export const reviewOf = ({ boards, alerts, homelab, included }: Rendered): Review => {
  const names = boardNames(boards);
  const files = ruleFileNames(included.rules);
  return {
    boards: [...boards.map((board) => outlineBoard(board, names)), ...included.boards.map(outlineIncludedBoard)],
    alerts: [
      ...outlineAllAlerts(alerts),
      ...included.rules.map((rules) => outlineIncludedRules(rules, files.get(rules) ?? '')),
    ],
    routes: outlineRoutes(homelab, alerts),
  };
};

/** Every outline. */
export const outlineFiles = ({ boards, alerts, routes }: Review): readonly SnapshotFile[] => [
  ...boards.map((outline) => ({ path: `outlines/${outline.name}.md`, text: printOutline(outline) })),
  ...alerts.map((outline) => ({ path: `alerts/${outline.name}.md`, text: printOutline(outline) })),
  { path: 'routes.md', text: printOutline(routes) },
];

/** The machines' form: boards, each with its layout apart, and rules. */
export const jsonFiles = ({ boards, artifacts, included }: Rendered): readonly SnapshotFile[] => [
  ...[...boards, ...included.boards].flatMap(({ uid, json }) => {
    const { content, layout } = splitLayout(json as Json);
    return [
      { path: `json/${uid}.json`, text: content },
      { path: `json/${uid}.layout.json`, text: layout },
    ];
  }),
  ...artifacts.flatMap(rulesAsJson),
];

/** One file for each group of rules, whichever engine they are written for; for each rule file of somebody else. */
const rulesAsJson = ({ kind, text, name, source }: Artifact): readonly SnapshotFile[] => {
  // Groups of others may be called alike, and not as files can be.
  if (source !== undefined && (kind === 'rules' || kind === 'loki-rules'))
    return [{ path: `json/${name}.json`, text: canonicalJson(parse(text, { merge: true, logLevel: 'error' })) }];
  if (kind !== 'alert-rules' && kind !== 'rules') return [];
  const file: unknown = parse(text);
  return objectsAt(isObject(file) ? file : {}, 'groups').map(([group]) => ({
    path: `json/rules-${textAt(group, 'name')}.json`,
    text: canonicalJson(group),
  }));
};
