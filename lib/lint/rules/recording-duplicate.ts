import { defineRule, type World } from '../rule';
import type { Recording } from '../subject';

/** Each metric is recorded once. */
export const recordingDuplicate = defineRule({
  id: 'recording-duplicate',
  on: 'recording',
  severity: 'error',
  needs: 'nothing',
  says: 'the same recording rule twice',
  why: 'Both write the same series: Prometheus drops the second sample and counts an error, or keeps one of the two by chance.',
  instead: 'Delete one. Two rules may write one metric where their labels differ.',

  *check(recording, { all }) {
    const same = copiesOf(all).get(keyOf(recording)) ?? [];
    const index = same.indexOf(recording);
    if (index <= 0) return;
    yield {
      message: `\`${recording.name}\` is recorded here twice`,
      culprit: recording.name,
      evidence: `the group \`${same[0]?.group.name}\``,
    };
  },

  accepts: [
    { name: 'other labels', files: { 'rules.yaml': twice('a', 'b') } },
    { name: 'one', recording: { record: 'job:up:sum', expr: 'sum by (job) (up)' } },
  ],
  rejects: [{ name: 'the same labels', files: { 'rules.yaml': twice('a', 'a') }, because: 'recorded here twice' }],
});

function twice(...owners: readonly string[]): string {
  const rule = (owner: string): string =>
    `      - record: job:up:sum\n        expr: sum by (job) (up)\n        labels: { owner: ${owner} }\n`;
  return `groups:\n  - name: a\n    rules:\n${owners.map(rule).join('')}`;
}

const copies = new WeakMap<World, ReadonlyMap<string, readonly Recording[]>>();

const copiesOf = (world: World): ReadonlyMap<string, readonly Recording[]> => {
  const before = copies.get(world);
  if (before) return before;
  const made = new Map<string, Recording[]>();
  for (const recording of world.recordings) {
    const key = keyOf(recording);
    const same = made.get(key);
    if (same) same.push(recording);
    else made.set(key, [recording]);
  }
  copies.set(world, made);
  return made;
};

const keyOf = ({ document, name, query, labels }: Recording): string =>
  JSON.stringify([document.file, name, query.text.replace(/\s+/g, ''), Object.entries(labels).sort()]);
