import { objectsAt, textAt } from '../../grafana-json/json';
import { ruleFileNames } from '../../render/included';
import { prometheusRuleFile } from '../../render/prometheus-rules';
import { panelFinder, type Rendered } from '../../render/render';
import type { DesiredObject } from '../object';
import { plain } from './plain';

/**
 * Rule groups as a ruler reads them, in the namespace of the project: ours, and those of included files that Mimir can read, as
 * `<file>:<group>`, since groups of two files may have one name. No mark is added to the rules: the namespace says whose they are.
 */
export const desiredRulerGroups = ({ homelab, boards, alerts, included }: Rendered): readonly DesiredObject[] => {
  const panelOf = panelFinder(new Map(boards.map((board) => [board.definition.name, board])));
  const names = ruleFileNames(included.rules);
  const ours = alerts.groups.flatMap((group) => prometheusRuleFile(group, homelab, panelOf).groups).flatMap(inParts);
  const others = included.rules
    .filter(({ dialect }) => dialect.name === 'prometheus' || dialect.name === 'mimir')
    .flatMap((file) =>
      objectsAt(file.value, 'groups').map(([group]) => ({
        ...group,
        name: `${names.get(file)}:${textAt(group, 'name') ?? String(group['name'])}`,
        rules: objectsAt(group, 'rules').map(([rule]) => rule),
      })),
    );
  return [...ours, ...others]
    .filter(({ rules }) => rules.length > 0)
    .map((group) => ({
      kind: 'rule-group',
      key: `${homelab.project}/${group.name}`,
      title: group.name,
      body: plain(group),
    }));
};

/** Rules in a group that Mimir takes as it comes (`-ruler.max-rules-per-rule-group`, 3.0). */
const mostRules = 20;

/** Alerts need none of their group, so that a large one may be several: `host`, `host 2`. Included groups may need their order, and stay whole. */
const inParts = <Group extends { readonly name: string; readonly rules: readonly unknown[] }>(
  group: Group,
): readonly Group[] =>
  Array.from({ length: Math.ceil(group.rules.length / mostRules) }, (_, part) => ({
    ...group,
    name: part === 0 ? group.name : `${group.name} ${part + 1}`,
    rules: group.rules.slice(part * mostRules, (part + 1) * mostRules),
  }));
