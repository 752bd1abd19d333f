import { expect, it } from 'vitest';
import { house } from '../fleet/testing/house';
import { proveOthers, type OtherServers } from './other-languages';

const verdicts = async (query: string, servers?: OtherServers, type = 'loki') => {
  const proofs = await proveOthers(
    {
      uid: 'x',
      title: 'X',
      panels: [{ id: 1, type: 'logs', title: 'Logs', datasource: { type }, targets: [{ refId: 'A', expr: query }] }],
      templating: { list: [{ name: 'host', type: 'query', current: { value: 'nas' } }] },
    },
    house,
    servers,
  );
  return proofs.map(({ verdict, why }) => [verdict, why]);
};

it('are read: a query that is none is an error', async () => {
  expect(await verdicts('{host="nas"} |= "error"')).toEqual([['parsed', 'it can be read; no server was asked']]);
  expect((await verdicts('{host="nas" |= "error"'))[0]?.[0]).toBe('error');
  expect((await verdicts('{ resource.service.name = "x" }', {}, 'tempo'))[0]?.[0]).toBe('parsed');
});

it('name hosts and services of the homelab', async () => {
  expect(await verdicts('{host="attic"}')).toEqual([['error', 'no host of this homelab is called `attic`']]);
  expect((await verdicts('{host="$host"}'))[0]?.[0]).toBe('parsed');
});

it('are asked, with what is picked, where there is a server', async () => {
  const sent: string[] = [];
  const logql = async (query: string): Promise<boolean> => (sent.push(query), true);
  expect(await verdicts('count_over_time({host="$host"}[$__range])', { logql })).toEqual([
    ['data', 'the server has some'],
  ]);
  expect(sent).toEqual(['count_over_time({host="nas"}[5m])']);
  expect((await verdicts('{host="nas"}', { logql: async () => false }))[0]?.[0]).toBe('empty');
});

it('are quiet where the streams are there and no line says so', async () => {
  const logql = async (query: string): Promise<boolean> => query === '{host="nas"}';
  expect((await verdicts('count_over_time({host="nas"} |= "denied" [5m])', { logql }))[0]?.[0]).toBe('quiet');
  expect((await verdicts('count_over_time({host="pi"} |= "denied" [5m])', { logql }))[0]?.[0]).toBe('error');
  expect((await verdicts('count_over_time({job="pi"} |= "denied" [5m])', { logql }))[0]?.[0]).toBe('empty');
});

it('for Prometheus are none of them', async () => {
  expect(await verdicts('up', {}, 'prometheus')).toEqual([]);
});
