import type { GrafanaClient } from '../grafana/client';
import { RefusedError } from '../grafana/errors';
import { prometheusApi, QueryError, type Prometheus } from './prometheus';

/** The Prometheus behind a data source of a Grafana, asked through its proxy. */
export const prometheusThrough = (grafana: GrafanaClient, dataSource: string): Prometheus =>
  prometheusApi(async (path, parameters) => {
    try {
      const answer = await grafana.get(`/api/datasources/proxy/uid/${dataSource}${path}`, parameters);
      return (answer as { readonly data: unknown }).data;
    } catch (error) {
      if (error instanceof RefusedError && (error.status === 400 || error.status === 422))
        throw new QueryError(error.evidence);
      throw error;
    }
  });
