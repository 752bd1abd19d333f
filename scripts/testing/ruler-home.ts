import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GrafanaStandIn } from '../../lib/push/testing/grafana';
import type { RulerSubject } from '../../lib/ruler/testing/ruler-cases';
import { runCli, type Ended } from './run-cli';

/** A folder with a homelab file that pushes to a ruler, and the command. */
export interface RulerHome {
  readonly folder: string;
  /** Writes the homelab file; `alerts` is what it says of single alerts, as YAML. */
  write(alerts?: string, url?: string): void;
  push(args: readonly string[], token?: string): Promise<Ended>;
  newestBackup(): string;
  remove(): void;
}

/** A stand-in for Grafana keeps the state. */
export const rulerHome = (grafana: GrafanaStandIn, { url: usualUrl, tenant, namespace }: RulerSubject): RulerHome => {
  const folder = mkdtempSync(join(tmpdir(), 'push-ruler-'));
  mkdirSync(join(folder, '.push'), { recursive: true });
  const home: RulerHome = {
    folder,
    write: (alerts = '{}', url = usualUrl) =>
      writeFileSync(
        join(folder, 'homelab.yaml'),
        `project: ${namespace}
timeZone: Europe/Berlin
hosts: [{ name: nas, address: 192.168.1.10 }]
apps: [{ app: prometheus, host: nas }]
dashboards: { include: [host-fleet] }
alerting:
  engine: mimir
  receivers: { mail: { kind: email, to: [me@example.org] } }
  defaultReceiver: mail
  alerts: ${alerts}
targets:
  rules: { kind: ruler, url: '${url}'${tenant === null ? '' : `, tenant: ${tenant}`} }
  main: { kind: grafana, url: '${grafana.url}' }
`,
      ),
    push: (args, token = grafana.tokens.Admin) =>
      runCli(['push', '--homelab', join(folder, 'homelab.yaml'), '--target', 'rules', ...args], {
        env: { GRAFANA_URL: '', GRAFANA_TOKEN: token, GRAFANA_USER: '', GRAFANA_PASSWORD: '' },
      }),
    newestBackup: () => {
      const below = join(folder, '.push', 'rules');
      const backups = readdirSync(below).filter((name) => name.endsWith('backup.json'));
      return join(below, backups.sort().at(-1) ?? '');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  home.write();
  return home;
};
