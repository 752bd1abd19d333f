import { join } from 'node:path';
import { readHomelab } from '../../lib/homelab/read';
import { resolveHomelab } from '../../lib/homelab/resolve';
import { render, type Rendered } from '../../lib/render/render';
import { writeArtifacts } from '../../lib/render/write';
import { generatedBoards } from './generated';

/**
 * `render-generated.ts COUNT FOLDER` writes generated boards for the usual homelab; `render-generated.ts COUNT --rounds N`
 * renders none and so many in turn in one process, and prints the milliseconds of each as JSON.
 */
const [count = '0', target = '', rounds = '1'] = process.argv.slice(2);
const homelab = resolveHomelab(readHomelab(join(__dirname, '..', '..', 'examples', 'homelabs', 'typical.ts')));

const renderSome = (some: number): Rendered => render(homelab, { dashboards: generatedBoards(some), alerts: [] });

/** Processor time of all threads, so that what else the machine does counts for nothing. */
const timed = (some: number): number => {
  const started = process.cpuUsage();
  renderSome(some);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
};

if (target === '--rounds') {
  const pairs = Array.from({ length: Number(rounds) }, () => ({ none: timed(0), more: timed(Number(count)) }));
  process.stdout.write(JSON.stringify(pairs));
} else {
  writeArtifacts(renderSome(Number(count)).artifacts, target);
}
