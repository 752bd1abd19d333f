import type { GrafanaClient } from '../grafana/client';
import { RefusedError } from '../grafana/errors';
import type { ExpandedQuery } from './expand';
import { inGo } from './grafana-interval';

/** What Grafana made of a query. */
export interface Answer {
  /** The query and why it failed. */
  readonly error?: string;
  /** The query as Grafana's Prometheus plugin sent it on, and its step. */
  readonly executed?: string | undefined;
  /** Series that came back. */
  readonly series?: number;
}

interface QueryResults {
  readonly results: Readonly<
    Record<
      string,
      {
        readonly error?: string;
        readonly frames?: readonly {
          readonly schema?: { readonly meta?: { readonly executedQueryString?: string } };
          readonly data?: { readonly values?: readonly (readonly unknown[])[] };
        }[];
      }
    >
  >;
}

/** Asks one query by `POST /api/ds/query`, as the browser does. */
export const sendQuery = async (
  grafana: GrafanaClient,
  { refId, sent, expr }: ExpandedQuery,
  { from, to }: { from: number; to: number },
): Promise<Answer> => {
  const body = {
    from: String(Math.round(from * 1000)),
    to: String(Math.round(to * 1000)),
    queries: [{ ...sent, utcOffsetSec: 0 }],
  };
  try {
    const { results } = (await grafana.post('/api/ds/query', body)) as QueryResults;
    const { error, frames = [] } = results[refId] ?? { error: 'no answer' };
    if (error) return { error: `${expr}: ${error}` };
    return {
      executed: frames[0]?.schema?.meta?.executedQueryString,
      series: frames.filter(({ data }) => (data?.values?.[0]?.length ?? 0) > 0).length,
    };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const why = (error.body as QueryResults | undefined)?.results?.[refId]?.error ?? error.evidence;
    return { error: `${expr}: ${why}` };
  }
};

/** What `executed` is when Grafana expands a query as `expandBoard` does. */
export const executedAs = ({ expr, step }: Pick<ExpandedQuery, 'expr' | 'step'>): string =>
  `Expr: ${expr}\nStep: ${inGo(step)}`;
