import { defineRule } from '../rule';

/** Groups of a file have names of their own. */
export const groupDuplicate = defineRule({
  id: 'group-duplicate',
  on: 'group',
  severity: 'error',
  needs: 'nothing',
  says: 'two groups of one name in a file',
  why: 'Prometheus does not load the file; Grafana keeps the second group only.',
  instead: 'Another name, or one group.',

  *check(group) {
    const same = group.document.groups.find(({ name, folder }) => name === group.name && folder === group.folder);
    if (!same || same === group) return;
    yield { message: `a group \`${group.name}\` stands in this file already`, culprit: group.name, at: group.at };
  },

  accepts: [{ name: 'two names', files: { 'rules.yaml': named('a', 'b') } }],
  rejects: [{ name: 'one name', files: { 'rules.yaml': named('a', 'a') }, because: 'a group `a`' }],
});

function named(...names: readonly string[]): string {
  const group = (name: string, index: number): string =>
    `  - name: ${name}\n    rules:\n      - record: job:up:sum${index}\n        expr: sum by (job) (up)\n`;
  return `groups:\n${names.map(group).join('')}`;
}
