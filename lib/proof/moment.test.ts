import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startMoment, type Moment } from './moment';

let server: Server | undefined;
let moment: Moment | undefined;
afterEach(async () => {
  server?.close();
  await moment?.stop();
});

it('moves the present of a question to the moment chosen, and the answer back', async () => {
  const asked: string[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`.trim());
      response.end(
        JSON.stringify({
          status: 'success',
          data: { resultType: 'vector', result: [{ metric: {}, value: [300, '1'] }] },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  moment = await startMoment();
  moment.choose(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 300);

  const instant = await fetch(`${moment.url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query: 'up', time: '1700000000' }),
  });
  expect(await instant.json()).toMatchObject({ data: { result: [{ value: [1_700_000_000, '1'] }] } });
  await fetch(`${moment.url}/api/v1/query_range?query=up&start=2023-11-14T22:12:20Z&end=2023-11-14T22:13:20Z&step=15`);

  expect(asked).toEqual([
    'POST /api/v1/query query=up&time=300',
    'GET /api/v1/query_range?query=up&start=240&end=300&step=15',
  ]);
});
