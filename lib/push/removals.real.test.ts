import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGrafana } from '../proof/grafana-server';
import { describeWithVariable } from '../proof/testing/with-programs';
import { tellRemovals } from './testing/removals';

describeWithVariable(
  ['GRAFANA_HOME'],
  'the folder of an unpacked Grafana 12, with bin, conf and public',
  'removing from a real Grafana',
  () =>
    tellRemovals(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'grafana-removals-'));
      const { url, stop } = await startGrafana(
        process.env['GRAFANA_HOME'] ?? '',
        join(folder, 'provisioning'),
        join(folder, 'data'),
      );
      return {
        url,
        environment: { GRAFANA_USER: 'admin', GRAFANA_PASSWORD: 'proof' },
        stop: async () => {
          await stop();
          rmSync(folder, { recursive: true, force: true });
        },
      };
    }),
);
