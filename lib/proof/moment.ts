import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Prometheus in which it is always the moment that was chosen last. */
export interface Moment {
  readonly url: string;
  /** From now on `prometheus` answers, as if it were exactly `at` (seconds since 1970), whenever it is asked. */
  readonly choose: (prometheus: string, at: number) => void;
  readonly stop: () => Promise<void>;
}

/**
 * Stands before a Prometheus and moves the times of what is asked, and of what is answered. Grafana evaluates rules at the present
 * only, and `time()` in a query is a part of it: so the past is brought to the present.
 */
export const startMoment = async (): Promise<Moment> => {
  let chosen: { readonly prometheus: string; readonly at: number } | undefined;
  const server = createServer((request, response) => {
    const { prometheus, at } = chosen ?? { prometheus: '', at: 0 };
    forward(request, response, prometheus, at).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    choose: (prometheus, at) => void (chosen = { prometheus, at }),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
};

const forward = async (
  request: IncomingMessage,
  response: ServerResponse,
  prometheus: string,
  at: number,
): Promise<void> => {
  const asked = new URL(request.url ?? '/', prometheus);
  const body = new URLSearchParams(await textOf(request));
  // Grafana cuts its present to whole steps, so it is taken from the question.
  const present = [asked.searchParams, body]
    .flatMap((each) => each.get('time') ?? each.get('end') ?? [])
    .map(toSeconds)[0];
  const by = (present ?? at) - at;
  for (const parameters of [asked.searchParams, body]) {
    for (const name of ['time', 'start', 'end']) {
      const given = parameters.get(name);
      if (given !== null) parameters.set(name, String(toSeconds(given) - by));
    }
  }
  const answer = await fetch(asked, {
    method: request.method ?? 'GET',
    ...(request.method === 'POST' && { body }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await answer.text();
  response
    .writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? 'application/json' })
    .end(answer.ok ? JSON.stringify(moved(JSON.parse(text), by)) : text);
};

/** Grafana writes times as seconds, or as RFC 3339. */
const toSeconds = (time: string): number => (/^-?[\d.]+$/.test(time) ? Number(time) : Date.parse(time) / 1000);

interface Answer {
  readonly data?: { readonly result?: unknown };
}

const moved = (answer: Answer, by: number): Answer => {
  if (!Array.isArray(answer.data?.result)) return answer;
  const later = ([time, value]: readonly [number, string]): readonly [number, string] => [time + by, value];
  const result = (answer.data.result as readonly { value?: [number, string]; values?: [number, string][] }[]).map(
    (series) => ({
      ...series,
      ...(series.value && { value: later(series.value) }),
      ...(series.values && { values: series.values.map(later) }),
    }),
  );
  return { ...answer, data: { ...answer.data, result } };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};
