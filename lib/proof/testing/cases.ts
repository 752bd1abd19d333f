import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CasesByAlert } from '../../alerts/promtool';

/** Every `alerts/*.cases.ts`. */
export const readCases = async (): Promise<CasesByAlert> => {
  const folder = join(__dirname, '..', '..', '..', 'alerts');
  const files = readdirSync(folder).filter((file) => file.endsWith('.cases.ts'));
  const modules = await Promise.all(
    files.map((file) => import(join(folder, file)) as Promise<Record<string, CasesByAlert>>),
  );
  return Object.assign({}, ...modules.flatMap((module) => Object.values(module))) as CasesByAlert;
};
