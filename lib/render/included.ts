import { canonicalJson } from '../grafana-json/canonical-json';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { IncludedBoard } from '../included/dashboard';
import type { Included } from '../included/include';
import { hashOf, slugOf } from '../included/names';
import type { IncludedRules } from '../included/rules';
import type { Artifact } from './artifact';

/** What joins in, as files beside ours. */
export const renderIncluded = ({ boards, rules }: Included): readonly Artifact[] => {
  const names = ruleFileNames(rules);
  return [...boards.map(boardArtifact), ...rules.map((one) => rulesArtifact(one, names.get(one) ?? ''))];
};

const boardArtifact = ({ file, uid, title, folderUid, json }: IncludedBoard): Artifact => ({
  kind: 'dashboard',
  path: `grafana/dashboards/${folderUid}/${uid}.json`,
  name: uid,
  title,
  text: canonicalJson(json),
  source: file.source,
});

const rulesArtifact = ({ file, dialect }: IncludedRules, name: string): Artifact => ({
  kind: dialect.name === 'loki' ? 'loki-rules' : 'rules',
  path: `${dialect.folder}/${name}.yaml`,
  name,
  text: file.text,
  source: file.source,
});

/**
 * Names of the written rule files: `included-rules-disk` for `rules/disk.yaml`. The prefix keeps them apart from ours, a hash those
 * whose paths differ in case or punctuation only.
 */
export const ruleFileNames = (rules: readonly IncludedRules[]): ReadonlyMap<IncludedRules, string> => {
  const plain = ({ file }: IncludedRules): string => `included-${slugOf(withoutEnding(file.path), 80)}`;
  const all = rules.map(plain);
  return new Map(
    rules.map((one) => {
      const name = plain(one);
      const shared = all.filter((other) => other === name).length > 1;
      return [one, shared ? `${name}-${hashOf(one.file.path)}` : name];
    }),
  );
};

const withoutEnding = (path: string): string => path.replace(/\.\w+$/, '');

/** What a person may not expect of rule files that join in. */
export const includedNotes = ({ rules }: Included, { alerting }: ResolvedHomelab): readonly string[] =>
  alerting.engine !== 'grafana'
    ? []
    : rules
        .filter(({ alerts, dialect }) => alerts.length > 0 && dialect.name === 'prometheus')
        .map(
          ({ file, alerts }) =>
            `${file.source}: ${alerts.length === 1 ? `the alert ${alerts[0]} is` : `${alerts.length} alerts are`} evaluated by Prometheus, not by Grafana as ours are: who is told is up to the Alertmanager of that Prometheus`,
        );
