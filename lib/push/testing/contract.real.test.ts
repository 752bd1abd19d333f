import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticationFromEnv } from '../../server/authentication';
import { startGrafana, type OwnGrafana } from '../../proof/grafana-server';
import { describeWithVariable } from '../../proof/testing/with-programs';
import { contract } from './contract';
import { realSubject } from './contract/real-subject';
import { runCase, type Subject } from './contract/run';

/** Folders, rules and dashboards stay behind, and the policy tree is reset: not for a Grafana that somebody uses. */
const mayBeChanged = process.env['GRAFANA_MAY_BE_CHANGED'] === 'yes';
const home = process.env['GRAFANA_HOME'] ?? '';

describeWithVariable(
  mayBeChanged ? ['GRAFANA_HOME', 'GRAFANA_URL'] : ['GRAFANA_HOME'],
  'the folder of an unpacked Grafana 12; or GRAFANA_URL of one to throw away, with GRAFANA_USER, GRAFANA_PASSWORD and GRAFANA_MAY_BE_CHANGED=yes',
  'a real Grafana',
  () => {
    const run = Date.now().toString(36).slice(-5);
    let folder: string;
    let grafana: OwnGrafana | undefined;
    let subject: Subject;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'grafana-contract-'));
      if (home) {
        grafana = await startGrafana(home, join(folder, 'provisioning'), join(folder, 'data'));
        const { headers } = authenticationFromEnv('GRAFANA', { GRAFANA_USER: 'admin', GRAFANA_PASSWORD: 'proof' });
        subject = await realSubject(grafana.url, String(headers['Authorization']));
      } else {
        const { headers } = authenticationFromEnv('GRAFANA', process.env);
        subject = await realSubject(String(process.env['GRAFANA_URL']), String(headers['Authorization']));
      }
    });
    afterAll(async () => {
      await grafana?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    describe.each(Object.entries(contract))('%s', (kind, cases) => {
      it.each(cases.map((one, index) => [one.name, one.section, one, index] as const))(
        '%s (contract %s)',
        async (_name, _section, one, index) => {
          const prefix = `${run}${Object.keys(contract).indexOf(kind)}${index.toString(36)}-`;
          expect(await runCase(one, subject, prefix)).toEqual([]);
        },
      );
    });
  },
);
