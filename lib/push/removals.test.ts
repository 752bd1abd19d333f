import { startGrafanaStandIn } from './testing/grafana';
import { tellRemovals } from './testing/removals';

tellRemovals(async () => {
  const { url, tokens, stop } = await startGrafanaStandIn();
  return { url, environment: { GRAFANA_TOKEN: tokens.Admin }, stop };
});
