import catalog from '../catalog/recorded/scrape.json';
import {
  absentTargets,
  always,
  answering,
  count,
  countWhere,
  except,
  from,
  max,
  multiply,
  steadyTop,
  union,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource, not, noneOf, notMatching } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { upOrDown } from './states';

/** What Prometheus writes about every target, of all sources. */
const { metric } = defineSource(catalog, ['host', 'service']);

/** What it writes about alerts, which carry the labels of their rules. */
const rules = defineSource(catalog, ['host', 'service'], { added: ['severity', 'category'], byRules: true });

// An alert of severity info tells nobody anything, and one of them, the heartbeat, fires always.
const firing = rules.metric('ALERTS', { alertstate: 'firing', severity: not('info') });
const pending = rules.metric('ALERTS', { alertstate: 'pending', severity: not('info') });

const up = metric('up');

/** A probed address is a target as well; our scrape configuration tells it by its reach, or by its address as a device. */
const programs = max(
  defineSource(catalog, ['host', 'service'], { added: ['reach', 'device'] }).metric('up', {
    reach: noneOf('internal', 'external'),
    device: notMatching('[0-9.]+'),
  }),
  'job',
  'instance',
  'host',
  'service',
);
const machines = defineSource(catalog, ['host'], { name: 'node_exporter' });

/** Is everything scraped that should be, and what does it cost? */
export const scrape = defineSignals('scrape', {
  up: {
    title: 'Targets',
    // One address can be asked in two ways, each a service.
    legend: '{{job}} · {{instance}} {{service}}',
    description: 'Whether each target answered at the last scrape.',
    unit: 'state',
    values: upOrDown,
    expression: max(up, 'job', 'instance', 'host', 'service'),
  },
  down: {
    title: 'Targets down',
    legend: '{{job}} · {{instance}}',
    description: 'Targets that do not answer: what they tell is missing everywhere.',
    unit: 'state',
    values: { 0: { text: 'Down', state: 'critical' } },
    empty: 'None down',
    expression: where(max(up, 'job', 'instance', 'host', 'service'), '==', 0),
  },
  programsUp: {
    title: 'Programs up',
    legend: '{{job}} · {{instance}}',
    description:
      'Whether each target answered at the last scrape; without probed addresses, which all go with their prober, and without what is on a machine that does not answer itself.',
    unit: 'state',
    values: upOrDown,
    expression: from({
      'where machines are watched': except(programs, where(max(machines.metric('up'), 'host'), '==', 0)),
      'where none is': programs,
    }),
  },
  downCount: {
    title: 'Targets down',
    description: 'How many targets do not answer.',
    unit: 'count',
    levels: thresholds.some,
    expression: countWhere(up, '==', 0),
  },
  absent: {
    title: 'Targets missing',
    description:
      'Targets that the homelab file names and that Prometheus does not know: its scrape configuration is another one.',
    unit: 'state',
    values: { 1: { text: 'Missing', state: 'critical' } },
    empty: 'None missing',
    expression: absentTargets(up),
  },
  slowest: {
    title: 'Slowest targets',
    description: 'The ten targets that took longest to answer in the time shown.',
    unit: 'seconds',
    levels: thresholds.scrapeDuration,
    expression: steadyTop(10, max(metric('scrape_duration_seconds'), 'job', 'instance')),
  },
  largest: {
    title: 'Largest targets',
    description: 'The ten targets that gave most samples in the time shown; storage and memory go to them.',
    unit: 'count',
    expression: steadyTop(10, max(metric('scrape_samples_post_metric_relabeling'), 'job', 'instance')),
  },
  firing: {
    title: 'Firing',
    description: 'Warnings and worse that fire now. Each has a runbook with first steps.',
    unit: 'state',
    values: { 1: { text: 'Firing', state: 'critical' } },
    empty: 'Nothing fires',
    legend: '{{alertname}}',
    expression: max(firing, 'alertname', 'severity', 'host', 'service'),
  },
  firingCount: {
    title: 'Alerts firing',
    description: 'How many warnings and worse fire now.',
    unit: 'count',
    levels: thresholds.some,
    expression: zeroWhile(count(firing), answering(up)),
  },
  firingByHost: {
    title: 'Alerts',
    description: 'How many warnings and worse fire for the host.',
    unit: 'count',
    levels: thresholds.some,
    expression: zeroWhile(
      count(rules.metric('ALERTS', { alertstate: 'firing', severity: not('info'), host: not('') }), 'host'),
      answering(machines.metric('up')),
      'host',
    ),
  },
  alerts: {
    title: 'Alerts',
    description:
      'Warnings and worse: what fires, and what is about to because its condition holds, but not yet long enough.',
    unit: 'state',
    values: { 1: { text: 'Pending', state: 'warning' }, 2: { text: 'Firing', state: 'critical' } },
    empty: 'Nothing fires',
    legend: '{{alertname}}',
    expression: union(
      multiply(max(firing, 'alertname', 'severity', 'host', 'service'), 2),
      max(pending, 'alertname', 'severity', 'host', 'service'),
    ),
  },
  heartbeat: {
    title: 'Heartbeat',
    description: 'Always 1. The alert on it fires all the time, so that somebody elsewhere notices when messages stop.',
    unit: 'none',
    expression: always(),
  },
});
