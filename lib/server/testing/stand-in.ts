import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stand-in answers to one path. `text`: as it stands. `cut`: the connection ends in the middle. `silent`: never. */
export interface StandInAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cut?: true;
  readonly silent?: true;
}

/** A server of recorded answers; a list is given in turn, its last answer again and again. */
export interface StandIn {
  readonly url: string;
  /** `GET /api/v1/labels?limit=1`, in the order of arrival; forms stand behind the path. */
  readonly log: readonly string[];
  readonly headers: readonly IncomingHttpHeaders[];
  readonly stop: () => Promise<void>;
}

/** Paths with their answers; every other path is answered by `otherwise`. */
export const standIn = async (
  answers: Readonly<Record<string, StandInAnswer | readonly StandInAnswer[]>>,
  otherwise: StandInAnswer = { status: 404, type: 'text/plain; charset=utf-8', text: '404 page not found\n' },
): Promise<StandIn> => {
  const log: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const turns = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    let form = '';
    request.on('data', (part) => (form += String(part)));
    request.on('end', () => {
      log.push(`${request.method} ${request.url}${form ? ` ${form}` : ''}`);
      headers.push(request.headers);
      const path = (request.url ?? '').replace(/\?.*$/, '');
      const all = answers[path];
      const list: readonly StandInAnswer[] = all === undefined ? [otherwise] : 'length' in all ? all : [all];
      const turn = turns.get(path) ?? 0;
      turns.set(path, turn + 1);
      const answer = list[Math.min(turn, list.length - 1)] ?? otherwise;
      if (answer.silent) return;
      const { status = 200, type = 'application/json', text = '' } = answer;
      response.writeHead(status, {
        'Content-Type': type,
        ...(answer.cut && { 'Content-Length': text.length + 1000 }),
        ...answer.headers,
      });
      if (!answer.cut) response.end(text);
      else response.write(text, () => request.socket.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    headers,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

/** An answer of Prometheus' API. */
export const success = (data: unknown): StandInAnswer => ({ text: JSON.stringify({ status: 'success', data }) });
