import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { textPage } from './exposition';
import { pageKey, type FleetPage } from './pages';

export interface ServeOptions {
  /** Default: any that is free. */
  readonly port?: number;
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /** What time it is, in seconds since 1970. Default: the clock of this machine. */
  readonly clock?: () => number;
}

export interface FleetServer {
  /** `http://127.0.0.1:PORT`: the proxy for a scrape configuration, and the beginning of every page's own address. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Serves all pages on one port, in two ways: as an HTTP proxy, so that the rendered scrape configuration needs nothing but
 * `proxy_url` and keeps its addresses; and below `/<host:port>`, for eyes: `/192.168.1.10:9100/metrics`. An exporter that is
 * down answers 503. Rejects where the port is taken.
 */
export const servePages = async (
  pages: readonly FleetPage[],
  { port = 0, host = '127.0.0.1', clock = () => Math.floor(Date.now() / 1000) }: ServeOptions = {},
): Promise<FleetServer> => {
  const byKey = new Map(pages.map((page) => [pageKey(page.address, page.path, page.parameters), page] as const));
  const server = createServer((request, response) => {
    const page = byKey.get(keyOf(request.url ?? ''));
    const now = clock();
    const status = !page ? 404 : page.answers(now) ? 200 : 503;
    response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(
      page && status === 200
        ? textPage(page.families, now)
        : page
          ? 'this exporter is down\n'
          : `no such page; there are:\n${[...byKey.keys()].join('\n')}\n`,
    );
  });
  await listen(server, port, host);
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${chosen}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};

/** `http://192.168.1.10:9100/metrics` of a proxied scrape and `/192.168.1.10:9100/metrics` are the same page. */
const keyOf = (requested: string): string => {
  const text = requested.startsWith('/') ? `http:/${requested}` : requested;
  if (!URL.canParse(text)) return '';
  const url = new URL(text);
  // A URL leaves out the port that its scheme has anyway.
  const address = url.port === '' ? `${url.hostname}:${url.protocol === 'https:' ? 443 : 80}` : url.host;
  return pageKey(address, url.pathname, Object.fromEntries(url.searchParams));
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
