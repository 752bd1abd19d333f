import { RemoteFailure } from '../../server/errors';
import type { LokiServer } from '../../server/loki';
import { literalValues } from '../promql/matcher-values';
import type { LogKnowledge } from '../knowledge';
import type { Problem } from '../report/result';
import type { Query } from '../subject';
import { problemOf } from './ask-server';

/** Seconds: what logged within a day is there. */
const recent = 86_400;

/** Asks a Loki for the names of its labels, and for the values of those that queries match with plain values. */
export const askLoki = async (
  server: LokiServer,
  queries: readonly Query[],
  now: number,
): Promise<{ readonly logs: LogKnowledge | undefined; readonly problems: readonly Problem[] }> => {
  const period = { start: now - recent, end: now };
  const wanted = new Set(
    queries.flatMap(({ language, parsed }) =>
      language === 'logql'
        ? parsed.streams.flatMap(({ matchers }) =>
            matchers.filter((matcher) => literalValues(matcher)).map(({ label }) => label),
          )
        : [],
    ),
  );
  try {
    const labels = new Set(await server.labelNames(period));
    const values = await Promise.all(
      [...wanted]
        .filter((label) => labels.has(label))
        .map(async (label) => [label, new Set(await server.labelValues(label, { period }))] as const),
    );
    const byLabel = new Map(values);
    const logs = { labels, valuesOf: (label: string) => byLabel.get(label), says: `Loki at ${server.url}` };
    return { logs, problems: [] };
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    return { logs: undefined, problems: [problemOf(server, error)] };
  }
};
