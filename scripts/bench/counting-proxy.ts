import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came through since the last time that it was asked. */
export interface Counted {
  readonly requests: number;
  /** Those that are not GET or HEAD. */
  readonly writes: number;
}

export interface CountingProxy {
  readonly url: string;
  /** Counts from nothing again after each call. */
  readonly count: () => Counted;
  readonly stop: () => Promise<void>;
}

/** Stands before a plain HTTP server, hands everything on as it is, and counts it: any client can be measured alike. */
export const countingProxy = async (target: string): Promise<CountingProxy> => {
  const { hostname, port, pathname } = new URL(target);
  let counted = { requests: 0, writes: 0 };
  const server = createServer((request, response) => {
    counted.requests += 1;
    if (request.method !== 'GET' && request.method !== 'HEAD') counted.writes += 1;
    const path = `${pathname.replace(/\/$/, '')}${request.url}`;
    const onward = ask({ hostname, port, path, method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => {
      const now = counted;
      counted = { requests: 0, writes: 0 };
      return now;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
