import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alerts } from '../../../alerts/index';
import { dashboards } from '../../../dashboards/index';
import { grafanaFromEnv, type GrafanaClient } from '../../grafana/client';
import { defineHomelab } from '../../homelab/define';
import { resolveHomelab } from '../../homelab/resolve';
import { render } from '../../render/render';
import { writeArtifacts } from '../../render/write';
import { complaintsIn, startGrafana } from '../grafana-server';
import { setStage } from './stage';

/** A Grafana that reads rendered files. */
export interface GrafanaStage {
  readonly grafana: GrafanaClient;
  /** Uids of the boards that are not there, because nothing of the stage feeds them; none where the Grafana is somebody else's. */
  readonly leftOut: readonly string[];
  /** What its log complains about; nothing where the Grafana is somebody else's. */
  readonly complaints: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** The Grafana at `GRAFANA_URL`; else one of `GRAFANA_HOME`, started on what is rendered for the servers of `setStage`. */
export const setGrafanaStage = async (
  environment: Readonly<Record<string, string | undefined>>,
): Promise<GrafanaStage> => {
  if (environment['GRAFANA_URL'])
    return { grafana: grafanaFromEnv(environment), leftOut: [], complaints: () => [], stop: async () => undefined };
  const stage = await setStage();
  const folder = mkdtempSync(join(tmpdir(), 'grafana-stage-'));
  const clean = async (): Promise<void> => {
    await stage.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const out = join(folder, 'dist');
    const { alerting: _, ...homelab } = stage.homelab;
    const owned = defineHomelab({
      ...homelab,
      dataSources: {
        prometheus: { kind: 'prometheus', uid: 'prometheus', name: 'Prometheus', url: stage.prometheusUrl },
      },
      grafana: { mode: 'owned', dashboardsPath: join(out, 'grafana', 'dashboards') },
    });
    const { artifacts, boards } = render(resolveHomelab(owned), { dashboards, alerts });
    writeArtifacts(artifacts, out);
    const server = await startGrafana(
      environment['GRAFANA_HOME'] ?? '',
      join(out, 'grafana', 'provisioning'),
      join(folder, 'data'),
    );
    return {
      grafana: server.client,
      leftOut: dashboards.map(({ name }) => `hl-${name}`).filter((uid) => boards.every((board) => board.uid !== uid)),
      complaints: () => complaintsIn(server.log()),
      stop: async () => {
        await server.stop();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
};
