import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireProgram } from '../proof/programs';
import { alertsSeries, type Evaluated } from './rules';

/**
 * Writes `ALERTS` as rules would have, into a data folder that no server has open: what boards show of alerts. Throws with what promtool
 * printed.
 */
export const fillAlerts = async (
  evaluated: readonly Evaluated[],
  time: { readonly from: number; readonly to: number },
  { folder, data }: { readonly folder: string; readonly data: string },
): Promise<void> => {
  const series = alertsSeries(evaluated, time);
  // A file without samples is an error for promtool: then nothing fires, and there is nothing to write.
  if (series === '') return;
  writeFileSync(join(folder, 'alerts.om'), `${series}# EOF\n`);
  await promisify(execFile)(
    requireProgram('promtool'),
    ['tsdb', 'create-blocks-from', '--max-block-duration=240h', '--quiet', 'openmetrics', 'alerts.om', data],
    { cwd: folder, env: { ...process.env, TMPDIR: folder } },
  );
};
