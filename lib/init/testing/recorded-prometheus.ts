import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Question -> what a real Prometheus answered. */
export type Answers = Readonly<Record<string, { readonly status: number; readonly body: string }>>;

/** A question without the times in it, which are others at each run. */
export const questionOf = (url: string): string => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  for (const name of ['start', 'end', 'time']) searchParams.delete(name);
  const rest = decodeURIComponent(searchParams.toString().replaceAll('+', ' '));
  return rest === '' ? pathname : `${pathname}?${rest}`;
};

export interface StandIn {
  readonly url: string;
  /** Questions that nobody asked the real server. */
  readonly unanswered: readonly string[];
  readonly stop: () => Promise<void>;
}

/** What a real Prometheus answered when these were recorded; see `record-answers.ts`. */
export const recordedAnswers = (name: string): Answers =>
  JSON.parse(readFileSync(join(__dirname, `answers/${name}.json`), 'utf8')) as Answers;

/** A local server that answers as a recorded one did, by default below `/`. */
export const standInFor = async (answers: Answers, below = ''): Promise<StandIn> => {
  const unanswered: string[] = [];
  const server = createServer((request, response) => {
    const question = questionOf((request.url ?? '/').slice(below.length));
    const answer = answers[question];
    if (!answer) unanswered.push(question);
    response
      .writeHead(answer?.status ?? 404, { 'Content-Type': 'application/json' })
      .end(answer?.body ?? '404 page not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`,
    unanswered,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
