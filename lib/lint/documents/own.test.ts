import { describe, expect, it } from 'vitest';
import { alerts } from '../../../alerts/index';
import { dashboards } from '../../../dashboards/index';
import { readHomelab } from '../../homelab/read';
import { resolveHomelab } from '../../homelab/resolve';
import { render } from '../../render/render';
import { documentsOf } from './own';
import { read } from './read';

const rendered = (name: string) =>
  render(resolveHomelab(readHomelab(`${__dirname}/../../../examples/homelabs/${name}.ts`)), { dashboards, alerts });
const typical = rendered('typical');
const documents = documentsOf(typical);

describe('what is rendered', () => {
  it('is all there: every board, and every rule of the engine', () => {
    expect(documents.flatMap(({ boards }) => boards.map(({ uid }) => uid)).sort()).toEqual(
      typical.boards.map(({ uid }) => uid).sort(),
    );
    const rules = documents.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    expect(rules.map((rule) => rule.kind === 'alert' && rule.uid).sort()).toEqual([...typical.rules].sort());
    expect(documents.every(({ own }) => own)).toBe(true);
  });

  it('is what reading the files says', () => {
    for (const document of documents) {
      const again = read(document.file, document.text);
      expect(again.problems).toEqual([]);
      const texts = (from: typeof document) => [
        ...from.boards.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(({ text }) => text))),
        ...from.groups.flatMap(({ rules }) =>
          rules.flatMap((rule) => (rule.kind === 'alert' ? rule.queries.map(({ text }) => text) : [])),
        ),
      ];
      expect(again.documents.flatMap(texts)).toEqual(texts(document));
    }
  });

  it('names the line that declares it', () => {
    const boards = documents.flatMap((document) => document.boards);
    const board = boards.find(({ declared }) => declared === 'dashboards/host-use.ts');
    expect(board?.panels[0]?.declared).toMatch(/^dashboards\/host-use\.ts:\d+$/);
    expect(board?.panels[0]?.queries[0]?.declared).toBe(board?.panels[0]?.declared);
    const rules = documents.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    expect(rules.find(({ name }) => name === 'HostDown')?.declared).toMatch(/^alerts\/host\.ts:\d+$/);
  });

  it('holds the rules of Prometheus where that evaluates', () => {
    const own = documentsOf(rendered('everything')).filter(({ format }) => format === 'prometheus-rules');
    const [alert] = own.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    expect(alert?.declared).toMatch(/^alerts\/[\w-]+\.ts:\d+$/);
    const place = alert?.document.placeOf(alert.at);
    expect(alert?.document.text.split('\n')[(place?.line ?? 0) - 1]).toContain('- alert:');
  });
});
