import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Catalog, Metric } from '../../catalog/catalog';
import { availability } from '../../catalog/lookup';
import { loadCatalog } from '../../catalog/load';
import { buildInfosOf } from '../version';

/** The metrics page that an exporter of this version would have, as its catalog records it: one series a metric. */
export const pageOf = (source: string, version?: string, leaveOut: readonly string[] = []): string => {
  const catalog = loadCatalog(source);
  const infos = version === undefined ? [] : buildInfosOf(catalog);
  return Object.entries(catalog.metrics)
    .filter(([name, metric]) => !leaveOut.includes(name) && availability(metric, { version }).available)
    .map(([name, metric]) => seriesOf(catalog, name, metric, infos.includes(name) ? version : undefined))
    .join('');
};

const seriesOf = (_: Catalog, name: string, { type, labels }: Metric, version: string | undefined): string => {
  const pairs = Object.entries(labels).map(([label, values]) => {
    const value = label === 'version' && version !== undefined ? version : (Object.keys(values)[0] ?? 'one');
    return `${label}="${value}"`;
  });
  const of = (suffix: string, ...more: readonly string[]): string => {
    const all = [...pairs, ...more];
    return `${name}${suffix}${all.length > 0 ? `{${all.join(',')}}` : ''} 1\n`;
  };
  if (type === 'histogram')
    return `# TYPE ${name} histogram\n${of('_bucket', 'le="1"')}${of('_bucket', 'le="+Inf"')}${of('_sum')}${of('_count')}`;
  if (type === 'summary') return `# TYPE ${name} summary\n${of('', 'quantile="0.5"')}${of('_sum')}${of('_count')}`;
  const known = ['counter', 'gauge'].includes(type) ? type : 'untyped';
  return `# TYPE ${name} ${known}\n${of('')}`;
};

/** A web server with one page at every path. */
export interface Page {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Serves a metrics page on a loopback port. */
export const servePage = async (text: string, host = '127.0.0.1', port = 0): Promise<Page> => {
  const server: Server = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(text),
  );
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
