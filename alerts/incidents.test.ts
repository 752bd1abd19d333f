import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { incidents } from '../lib/fleet';
import { told } from './incidents';

const every = [
  ...readFileSync(join(__dirname, '../lib/homelab/alert-names.gen.ts'), 'utf8').matchAll(/^ {2}\| '(\w+)'/gm),
].map(([, name]) => name ?? '');

/** Alerts that no incident fires, and why not: promtool alone shows that these fire (`*.cases.ts`). */
const unfired: Readonly<Record<string, string>> = {
  AlertRuleEvaluationFailing: 'Grafana evaluates rules then, which no exporter tells',
  DeadMansSwitch: 'it always fires',
  DownloadClientPaused: 'takes six hours, and an incident lasts for two',
  JellyfinRestartPending: 'takes a day',
  JellyfinScanStale: 'takes days',
  OllamaModelsTakeTurns: 'one model is asked at a time in the simulated homelab',
  PlexUpdateAvailable: 'takes a day',
  PrometheusTsdbCompactionsFailing: 'takes four hours',
  SeerrRequestsWaiting: 'takes three days',
  TdarrNodePaused: 'takes a day',
  TdarrQueueStalled: 'takes four hours',
};

const fired = new Set<string>(
  Object.values(told).flatMap(({ fires, anyOf = [], may = [] }) => [...fires, ...anyOf, ...may]),
);

describe('what incidents tell', () => {
  it('is of every alert but those that cannot come within two hours, or at all', () => {
    const missing = every.filter((name) => !fired.has(name));
    console.log(`${every.length} alerts, ${missing.length} of them fired by no incident: ${missing.join(', ')}`);
    expect(missing).toEqual(Object.keys(unfired));
  });

  it('is of incidents that there are', () => {
    const names = new Set(incidents.map(({ name }) => name));
    expect(Object.keys(told).filter((name) => !names.has(name))).toEqual([]);
  });

  it('is something for at least sixty of them', () => {
    const telling = Object.values(told).filter(({ fires, anyOf = [] }) => fires.length + anyOf.length > 0);
    expect(telling.length).toBeGreaterThanOrEqual(60);
  });
});
