import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { BuiltAlerts } from '../../alerts/define';
import { evaluationInterval } from '../../alerts/rule';
import { toSeconds } from '../../duration';
import type { ResolvedHomelab } from '../../homelab/resolved';
import { prometheusRuleFile } from '../../render/prometheus-rules';
import { requireProgram } from '../programs';
import { readSightings, type FiringAlert, type Sighting } from './promtool-output';

/** Series of some minutes or hours: what happens in a house, as Prometheus sees it. */
export interface Course {
  readonly name: string;
  /** How many minutes it lasts; rules are evaluated at each, from 0 on. */
  readonly minutes: number;
  /** In promtool's notation: selector -> values, one each `interval`. */
  readonly series: Readonly<Record<string, string>>;
  /** Between samples; default `1m`. */
  readonly interval?: string;
}

/** One alert from the minute in which it begins to fire to the one in which it no longer does. */
export interface Firing extends FiringAlert {
  readonly from: number;
  /** Absent: it still fires when the course ends. */
  readonly until?: number;
}

/** Everything that fires in a course, in the order in which it begins. */
export interface Timeline {
  readonly name: string;
  readonly minutes: number;
  readonly firings: readonly Firing[];
}

/**
 * Runs the rendered rules over a course in virtual time, by `promtool test rules`, with `for` and `keep_firing_for` as rendered.
 * Throws with what promtool said when it cannot read the rules or the series.
 */
export const timelineOf = async (
  course: Course,
  built: BuiltAlerts,
  homelab: ResolvedHomelab,
  promtool: string = requireProgram('promtool'),
): Promise<Timeline> => {
  const files = built.groups.map((group) => prometheusRuleFile(group, homelab, () => undefined));
  const names = built.groups.flatMap(({ alerts }) => alerts.map(({ name }) => name));
  const folder = mkdtempSync(join(tmpdir(), 'alert-timeline-'));
  try {
    writeFileSync(join(folder, 'rules.yaml'), stringify({ groups: files.flatMap(({ groups }) => groups) }));
    writeFileSync(join(folder, 'test.yaml'), askAlways(course, names));
    const sightings = readSightings(await run(promtool, folder), toSeconds);
    return { name: course.name, minutes: course.minutes, firings: toFirings(sightings, course.minutes) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A test that expects no alert, ever: promtool tells only what it did not expect. JSON, which is YAML, because it is quick. */
const askAlways = ({ minutes, series, interval }: Course, alerts: readonly string[]): string =>
  JSON.stringify({
    rule_files: ['rules.yaml'],
    evaluation_interval: evaluationInterval,
    tests: [
      {
        name: 'course',
        interval: interval ?? evaluationInterval,
        input_series: Object.entries(series).map(([selector, values]) => ({ series: selector, values })),
        alert_rule_test: Array.from({ length: minutes + 1 }, (_, minute) =>
          alerts.map((alertname) => ({ eval_time: `${minute}m`, alertname, exp_alerts: [] })),
        ).flat(),
      },
    ],
  });

const run = (promtool: string, folder: string): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(
      promtool,
      ['test', 'rules', 'test.yaml'],
      { cwd: folder, maxBuffer: 512 * 1024 * 1024 },
      (error, stdout, stderr) => {
        // It ends with 1 when something fires and when it cannot go on; only then it has no tests to speak of.
        const said = stdout + stderr;
        if (!error || (error.code === 1 && /^\s*alertname: /m.test(said))) resolve(said);
        else reject(new Error(`promtool could not run the rules: ${said.trim() || error.message}`, { cause: error }));
      },
    );
  });

const toFirings = (sightings: readonly Sighting[], minutes: number): readonly Firing[] => {
  const seen = new Map<string, Map<number, FiringAlert>>();
  for (const { at, firing } of sightings)
    for (const alert of firing) {
      const key = identityOf(alert);
      seen.set(key, (seen.get(key) ?? new Map<number, FiringAlert>()).set(at / 60, alert));
    }
  return [...seen.values()].flatMap((moments) => stretches(moments, minutes)).sort((a, b) => a.from - b.from);
};

/** The same text for the same labels, in whatever order they come. */
export const identityOf = ({ labels }: FiringAlert): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Minutes without a gap are one firing, with the texts of its last minute. */
const stretches = (moments: ReadonlyMap<number, FiringAlert>, minutes: number): readonly Firing[] => {
  const found: Firing[] = [];
  for (let minute = 0, from: number | undefined; minute <= minutes; minute++) {
    const now = moments.get(minute);
    if (!now) continue;
    from ??= minute;
    if (moments.has(minute + 1)) continue;
    found.push({ ...now, from, ...(minute < minutes && { until: minute + 1 }) });
    from = undefined;
  }
  return found;
};
