import { defineRule, type World } from '../rule';
import type { Alert } from '../subject';

/** Each alert stands once. */
export const alertDuplicate = defineRule({
  id: 'alert-duplicate',
  on: 'alert',
  severity: 'error',
  needs: 'nothing',
  says: 'the same alert twice',
  why: 'Everything is told twice, or, with equal labels, the two overwrite each other. One of them is a copy where a name, a limit or a severity was to be changed.',
  instead: 'Delete one, or change what was to differ.',

  *check(alert, { all }) {
    // Of data sources that we do not read, the question is not known.
    if (alert.queries.length === 0) return;
    const same = copiesOf(all).get(keyOf(alert));
    if (!same || same.length < 2 || same[0] === alert) return;
    const first = same.find((other) => other !== alert && other.document.file === alert.document.file) ?? same[0];
    if (!first || all.alerts.indexOf(first) > all.alerts.indexOf(alert)) return;
    const elsewhere = first.document.file === alert.document.file ? '' : ` in ${first.document.file}`;
    const evidence = `\`${first.name}\` in the group \`${first.group.name}\`${elsewhere}`;
    if (first.name !== alert.name) {
      const message = `\`${alert.name}\` asks the same as \`${first.name}\``;
      // Two folders may be two servers.
      const severity = folderOf(first) === folderOf(alert) ? 'warning' : 'info';
      yield { message, culprit: alert.name, evidence, severity };
    } else if (first.document.file === alert.document.file) {
      yield { message: `\`${alert.name}\` stands here twice`, culprit: alert.name, evidence };
    } else {
      // Files that are linted together may belong to two servers.
      yield { message: `\`${alert.name}\` stands${elsewhere}, too`, culprit: alert.name, evidence, severity: 'info' };
    }
  },

  accepts: [
    { name: 'two limits', files: { 'rules.yaml': pair('HighLoad', 'node_load1 > 5', 'HighLoad', 'node_load1 > 9') } },
    {
      name: 'two names, two questions',
      files: { 'rules.yaml': pair('Down', 'up == 0', 'Failing', 'probe_success == 0') },
    },
  ],
  rejects: [
    {
      name: 'twice',
      files: { 'rules.yaml': pair('Down', 'up == 0', 'Down', 'up  == 0') },
      because: 'stands here twice',
    },
    {
      name: 'under two names',
      files: { 'rules.yaml': pair('Down', 'up == 0', 'Gone', 'up == 0') },
      because: 'asks the same as',
    },
  ],
});

function pair(first: string, firstExpr: string, second: string, secondExpr: string): string {
  return `groups:
  - name: hosts
    rules:
      - alert: ${first}
        expr: ${firstExpr}
        for: 5m
        labels: { severity: warning }
        annotations: { summary: Broken. }
      - alert: ${second}
        expr: ${secondExpr}
        for: 5m
        labels: { severity: warning }
        annotations: { summary: Broken. }
`;
}

const folderOf = ({ document: { file } }: Alert): string => file.slice(0, file.lastIndexOf('/') + 1);

const copies = new WeakMap<World, ReadonlyMap<string, readonly Alert[]>>();

const copiesOf = (world: World): ReadonlyMap<string, readonly Alert[]> => {
  const before = copies.get(world);
  if (before) return before;
  const made = new Map<string, Alert[]>();
  for (const alert of world.alerts) {
    const key = keyOf(alert);
    const same = made.get(key);
    if (same) same.push(alert);
    else made.set(key, [alert]);
  }
  copies.set(world, made);
  return made;
};

/** What two alerts have to have in common to tell the same: question, wait and labels; Grafana's nodes, too. */
const keyOf = (alert: Alert): string =>
  JSON.stringify([
    alert.engine,
    alert.queries.map(({ text, dataSource }) => [
      text
        .replace(/\s+/g, ' ')
        .replace(/ ?([()[\]{},]) ?/g, '$1')
        .trim(),
      dataSource?.uid,
    ]),
    alert.nodes.map(({ json }) => json),
    alert.for ?? 0,
    Object.entries(alert.labels).sort(([a], [b]) => (a < b ? -1 : 1)),
    alert.group.folder ?? '',
  ]);
