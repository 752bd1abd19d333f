import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAlerts } from '../lib/alerts/define';
import { resolveHomelab } from '../lib/homelab/resolve';
import { casesHomelab } from './cases-homelab';
import { alerts } from './index';

/** Where the homelab file's type finds the names of our alerts: lib cannot ask `alerts/`. */
export const namesFile = join(__dirname, '../lib/homelab/alert-names.gen.ts');

/** The names of all alerts as a type. `npx ts-node --swc alerts/generate-names.ts` writes it, then the schema has to follow. */
export const generateNames = (): string => {
  const { groups } = buildAlerts(alerts, resolveHomelab(casesHomelab), { everyEngine: true, everyPack: true });
  const names = groups.flatMap((group) => group.alerts.map(({ name }) => name)).sort();
  return `// Generated from alerts/ by alerts/generate-names.ts.\n\n/** Every alert of ours. */\nexport type AlertName =\n${names.map((name) => `  | '${name}'`).join('\n')};\n`;
};

if (require.main === module) writeFileSync(namesFile, generateNames());
