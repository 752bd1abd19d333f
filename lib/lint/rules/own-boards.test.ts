import { readHomelab } from '../../homelab/read';
import { resolveHomelab } from '../../homelab/resolve';
import { describe, expect, it } from 'vitest';
import { lint } from '../lint';
import { exampleDocuments } from '../testing/clean';
import { noKnowledge } from '../testing/rule-cases';
import type { Example, Rule } from '../rule';
import { dataSourceExists } from './data-source-exists';
import { linksResolve } from './links-resolve';
import { panelDescription } from './panel-description';

const homelab = resolveHomelab(readHomelab('examples/homelabs/minimal.ts'));

/** What a rule says of an example that this library rendered itself. */
const saidOfOwn = (rule: Rule, example: Omit<Example, 'name'>): readonly string[] => {
  const documents = exampleDocuments({ name: 'own', ...example }).map((document) =>
    Object.assign(document, { own: true }),
  );
  const { findings, failures } = lint(documents, [rule], { knowledge: noKnowledge, homelab, today: '2026-11-21' });
  expect(failures).toEqual([]);
  return findings.map(({ severity, message }) => `${severity}: ${message}`);
};

describe('of our own boards', () => {
  it('data sources must be those of the homelab', () => {
    const [{ uid } = { uid: '' }] = Object.values(homelab.dataSources);
    const target = { refId: 'A', expr: 'up' };
    expect(
      saidOfOwn(dataSourceExists, { panel: { datasource: { type: 'prometheus', uid }, targets: [target] } }),
    ).toEqual([]);
    expect(
      saidOfOwn(dataSourceExists, {
        panel: { datasource: { type: 'prometheus', uid: 'elsewhere' }, targets: [target] },
      }),
    ).toEqual([expect.stringContaining('error: `Bytes received` asks the data source `elsewhere`')]);
  });

  it('links must lead to one of them', () => {
    const link = (url: string) => ({ board: { links: [{ title: 'Hosts', type: 'link', url }] } });
    expect(saidOfOwn(linksResolve, link('/d/clean'))).toEqual([]);
    expect(saidOfOwn(linksResolve, link('/d/gone'))).toEqual([
      'error: the link `Hosts` leads to the board `gone`, which is not there',
    ]);
  });

  it('lists of links must name a tag that boards have', () => {
    const list = (tag: string) => ({ board: { links: [{ title: 'More', type: 'dashboards', tags: [tag] }] } });
    expect(saidOfOwn(linksResolve, list('network'))).toEqual([]);
    expect(saidOfOwn(linksResolve, list('networks'))).toEqual([
      'warning: no board has the tag `networks` that the link `More` lists',
    ]);
  });

  it('each panel without a description is told', () => {
    expect(saidOfOwn(panelDescription, { panel: { description: '' } })).toEqual([
      'warning: `Bytes received` has no description',
    ]);
  });
});
