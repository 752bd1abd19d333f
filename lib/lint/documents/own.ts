import { readFileSync } from 'node:fs';
import { fileOf } from '../../dashboards/dashboard';
import { placeOf } from '../../panel-facts';
import type { Artifact } from '../../render/artifact';
import { readOwnYaml } from '../../render/read-own-yaml';
import type { Rendered } from '../../render/render';
import type { LintDocument } from '../subject';
import { readClassic } from './classic';
import type { AlertDeclarations } from './declarations';
import { readGrafanaAlerting } from './grafana-rules';
import { jsonSource } from './json-source';
import { readRuleGroups } from './prometheus-rules';
import { beginReading } from './reading';
import type { Source } from './source';
import { isObject } from './value';
import { readYaml } from './yaml-source';

/**
 * What was rendered, as rules look at it: nothing is parsed that is at hand as an object, and places are only looked up for findings.
 * Each board, panel and alert names the TypeScript line that declares it.
 */
export const documentsOf = ({ artifacts, boards, alerts }: Rendered): readonly LintDocument[] => {
  const boardByUid = new Map(boards.map((board) => [board.uid, board]));
  const declarations = alertDeclarations(alerts.groups);
  return artifacts.flatMap((artifact) => {
    // What joins in is read as its author wrote it: `readIncluded`.
    if (artifact.source !== undefined) return [];
    switch (artifact.kind) {
      case 'dashboard': {
        const board = boardByUid.get(artifact.name);
        if (!board) return [];
        const reading = beginReading(
          jsonSource(artifact.path, () => artifact.text, board.json),
          'classic-dashboard',
          true,
        );
        const panelDeclarations = {
          board: () => fileOf(board.definition),
          panel: (id: number) => {
            const drawn = board.panels.get(id);
            return drawn && placeOf(drawn.facts);
          },
          allowed: (id: number) => board.panels.get(id)?.facts.allowed ?? [],
        };
        reading.document.boards = [readClassic(reading, { ...board.json }, [], { declarations: panelDeclarations })];
        return reading.document;
      }
      case 'alert-rules': {
        const source = ownYaml(artifact);
        const reading = beginReading(source, 'grafana-alerting', true);
        if (isObject(source.value))
          reading.document.groups = readGrafanaAlerting(reading, source.value, [], declarations);
        return reading.document;
      }
      case 'rules': {
        const source = ownYaml(artifact);
        const reading = beginReading(source, 'prometheus-rules', true);
        if (isObject(source.value))
          reading.document.groups = readRuleGroups(reading, source.value, [], 'promql', undefined, declarations);
        return reading.document;
      }
      default:
        return [];
    }
  });
};

/** A YAML file of ours: read by the short reader of what we write; the long one only finds places. */
const ownYaml = ({ path, text }: Artifact): Source => {
  const own = readOwnYaml(text);
  let parsed: Source | undefined;
  const withPlaces = (): Source | undefined => (parsed ??= readYaml(path, text).sources[0]);
  return {
    file: path,
    text,
    value: own ? own.value : withPlaces()?.value,
    comments: [],
    placeOf: (at, offset) => withPlaces()?.placeOf(at, offset) ?? { file: path, line: 1, column: 1 },
  };
};

/** Titles of Grafana's rules may say more behind the name; names are one word. */
const alertDeclarations = (groups: Rendered['alerts']['groups']): AlertDeclarations => {
  const byName = new Map(
    groups.flatMap((group) => group.alerts.map((alert) => [alert.name, { file: () => group.file, alert }] as const)),
  );
  const texts = new Map<string, readonly string[]>();
  const found = (title: string) => byName.get(title.split(' ', 1)[0] ?? '');
  return {
    allowed: (title) => found(title)?.alert.allowed ?? [],
    place: (title) => {
      const known = found(title);
      const file = known?.file();
      if (!known || !file) return undefined;
      const lines = texts.get(file) ?? linesOf(file);
      texts.set(file, lines);
      const line = lines.findIndex((text) => text.includes(`name: '${known.alert.name}'`));
      return line === -1 ? file : `${file}:${line + 1}`;
    },
  };
};

const linesOf = (file: string): readonly string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
};
