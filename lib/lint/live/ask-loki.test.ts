import { expect, it } from 'vitest';
import { lokiServer } from '../../server/loki';
import { standIn, success } from '../../server/testing/stand-in';
import { exampleDocuments } from '../testing/clean';
import { askLoki } from './ask-loki';

const queries = exampleDocuments({
  name: 'logs',
  query: '{job="caddy", level=~"$level", host=~"n.*"}',
  language: 'logql',
}).flatMap(({ boards }) => boards.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries)));

it('asks for the labels, and for the values of those that are matched by plain values', async () => {
  const server = await standIn({
    '/loki/api/v1/labels': success(['job', 'host']),
    '/loki/api/v1/label/job/values': success(['caddy', 'nginx']),
  });
  const { logs, problems } = await askLoki(lokiServer(server.url, {}), queries, 1_795_000_000);
  expect(problems).toEqual([]);
  expect([...(logs?.labels ?? [])]).toEqual(['job', 'host']);
  expect([...(logs?.valuesOf('job') ?? [])]).toEqual(['caddy', 'nginx']);
  expect(logs?.valuesOf('host')).toBeUndefined();
  expect(server.log).toHaveLength(2);
  await server.stop();
});

it('gives a problem where nobody answers', async () => {
  const server = await standIn({});
  const { logs, problems } = await askLoki(lokiServer(server.url, {}), queries, 1_795_000_000);
  expect(logs).toBeUndefined();
  expect(problems).toHaveLength(1);
  await server.stop();
});
