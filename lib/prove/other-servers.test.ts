import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { othersAt } from './other-servers';

let server: Server | undefined;
afterEach(() => new Promise((done) => (server ? server.close(done) : done(undefined))));

/** A Tempo that has a trace and no numbers; what it was asked, path and query. */
const tempo = async (status = 200) => {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    asked.push(`${pathname} ${searchParams.get('q')}`);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(pathname === '/api/search' ? { traces: [{ traceID: '1' }] } : { series: [] }));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { traceql } = othersAt({ tempo: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, {});
  if (!traceql) throw new Error('nobody asks Tempo');
  return { ask: traceql, asked };
};

it('searches for traces, and asks for numbers where the query is of numbers', async () => {
  const { ask, asked } = await tempo();
  expect(await ask('{ status = error }')).toBe(true);
  expect(await ask('{ status = error } | rate()')).toBe(false);
  expect(await ask('{ name = "| rate()" }')).toBe(true);
  expect(asked).toEqual([
    '/api/search { status = error }',
    '/api/metrics/query_range { status = error } | rate()',
    '/api/search { name = "| rate()" }',
  ]);
});

it('says what Tempo refused', async () => {
  const { ask } = await tempo(400);
  await expect(ask('{}')).rejects.toThrow('/api/search');
});
