import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fleetOf, type FleetPage, type FleetServer } from './index';
import { servePages } from './serve';
import { house } from './testing/house';
import { evening } from './testing/examples';

const window = { from: evening - 600, to: evening };
const fleet = fleetOf(house).withIncident('exporter-gone', window, 'tdarr_exporter');
let now = evening;
let server: FleetServer;

beforeAll(async () => {
  server = await fleet.serve({ clock: () => now });
});
afterAll(() => server.stop());

const get = async (path: string): Promise<{ readonly status: number; readonly text: string }> => {
  const response = await fetch(server.url + path);
  return { status: response.status, text: await response.text() };
};

it('says that it is the text format: Prometheus 3 refuses a page that says nothing, or something else', async () => {
  const { headers } = await fetch(`${server.url}/192.168.1.10:9100/metrics`);
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
});

/** As Prometheus asks a proxy: the whole address in the first line. */
const throughProxy = (url: string, proxy = server.url): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(proxy);
    request({ hostname, port, path: url, headers: { host: new URL(url).host } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text));
    })
      .once('error', reject)
      .end();
  });

it('serves the page of each exporter of now, by its address', async () => {
  expect(await get('/192.168.1.10:9100/metrics')).toEqual({
    status: 200,
    text: fleet.pagesAt(evening).get('192.168.1.10:9100/metrics?'),
  });
});

it('is a proxy, so that a scrape keeps its address and its parameters', async () => {
  const probe = 'http://blackbox-exporter:9115/probe?module=icmp&target=9.9.9.9';
  expect(await throughProxy(probe)).toContain('probe_success 1');
  expect(await throughProxy('http://192.168.1.10:9100/metrics')).toBe((await get('/192.168.1.10:9100/metrics')).text);
});

it('finds a page on the port that an address need not name', async () => {
  const page = { ...fleet.pages[0], address: 'nas:80' } as FleetPage;
  const other = await servePages([page], { clock: () => evening });
  try {
    expect((await fetch(`${other.url}/nas:80/metrics`)).status).toBe(200);
    expect(await throughProxy('http://nas/metrics', other.url)).toContain('node_load1 ');
    expect(await throughProxy('http://nas:81/metrics', other.url)).toContain('no such page');
  } finally {
    await other.stop();
  }
});

it('answers 503 for an exporter that is gone, and answers again afterwards', async () => {
  now = window.from;
  expect((await get('/192.168.1.10:9091/metrics')).status).toBe(503);
  expect((await get('/192.168.1.10:9100/metrics')).status).toBe(200);
  now = window.to;
  expect((await get('/192.168.1.10:9091/metrics')).status).toBe(200);
});

it('says what there is where nothing is', async () => {
  const { status, text } = await get('/192.168.1.10:9101/metrics');
  expect(status).toBe(404);
  expect(text).toContain('192.168.1.10:9100/metrics');
});
