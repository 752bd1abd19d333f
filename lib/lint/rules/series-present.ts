import { nearest } from '../../nearest';
import { walk, type Expr, type Selector } from '../../query/tree';
import type { Report } from '../finding';
import type { KnownMetric } from '../knowledge';
import { takes, type Presence } from '../live/presence';
import { doubtOf } from '../promql/label-doubt';
import { defineRule } from '../rule';

export const seriesPresent = defineRule({
  id: 'series-present',
  on: 'query',
  severity: 'warning',
  needs: 'server',
  says: 'a selector that the server has nothing for, and what of it is missing',
  why: 'A panel without data, or an alert that cannot fire, looks the same whether all is well or the exporter died last week. The server tells the two apart: never seen, vanished on a date, a label or a value that is not there.',
  instead:
    'Start the exporter again, or mend the matcher. What is rightly rare (a metric that exists only while a backup runs) is allowed with the reason.',

  *check({ parsed: { tree, selectors } }, { knowledge }) {
    if (!knowledge.presenceOf || !tree) return;
    const expected = expectedAbsent(tree);
    for (const selector of selectors) {
      const known = knowledge.of(selector);
      // A metric that does not exist at all has its own finding.
      if (expected.has(selector) || known.state === 'missing') continue;
      const presence = knowledge.presenceOf(selector);
      if (known.state === 'known' && isSaid(presence, known, knowledge.scraped)) continue;
      const report = inWords(selector, presence);
      if (report) yield { ...report, evidence: knowledge.says };
    }
  },

  accepts: [
    { name: 'what is there', query: 'node_load1', server: { now: ['node_load1'] } },
    {
      name: 'what is asked to be absent',
      query: 'absent(node_load1)',
      server: { now: ['up'] },
    },
    {
      name: 'an alternative for what may not be there',
      query: 'node_load1 or vector(0)',
      server: { now: ['up'] },
    },
  ],
  rejects: [
    {
      name: 'a metric that was never there',
      query: 'node_load1',
      server: { now: ['up'] },
      because: 'was never there',
    },
    {
      name: 'a metric that vanished',
      query: 'node_load1',
      server: { now: ['up'], lastSeen: { node_load1: 1795140000 } },
      because: 'gone since 2026-11-20 02:00 UTC',
    },
    {
      name: 'a value that no series has',
      query: 'node_filesystem_avail_bytes{mountpoint="/mtn"} / node_filesystem_size_bytes',
      server: {
        now: ['node_filesystem_avail_bytes', 'node_filesystem_size_bytes'],
        series: { node_filesystem_avail_bytes: [{ job: 'node', mountpoint: '/mnt' }] },
      },
      because: 'no series with `mountpoint="/mtn"`',
    },
    {
      name: 'a label that the exporter has, and not here',
      query: 'node_filesystem_avail_bytes{mountpoint="/"}',
      server: { now: ['node_filesystem_avail_bytes'], series: { node_filesystem_avail_bytes: [{ job: 'node' }] } },
      because: 'label `mountpoint`',
    },
    {
      name: 'values that no series has together',
      query: 'node_load1{job="node", instance="nas"}',
      server: {
        now: ['node_load1'],
        series: {
          node_load1: [
            { job: 'node', instance: 'pi' },
            { job: 'other', instance: 'nas' },
          ],
        },
      },
      because: 'all the matchers',
    },
  ],
});

/** Selectors that are there to be absent at times: in `absent()`, beside an alternative, taken away by `unless`. */
const expectedAbsent = (tree: Expr): ReadonlySet<Expr> => {
  const found = new Set<Expr>();
  for (const { node, around } of walk(tree)) {
    if (node.kind !== 'selector') continue;
    const isExpected = around.some((outer, index) => {
      if (outer.kind === 'call') return outer.name === 'absent' || outer.name === 'absent_over_time';
      if (outer.kind !== 'binary') return false;
      if (outer.operator === 'or' || outer.operator === 'default') return true;
      return outer.operator === 'unless' && outer.right === (index === 0 ? node : around[index - 1]);
    });
    if (isExpected) found.add(node);
  }
  return found;
};

/** Whether `label-exists` or `label-value-exists` says that it can never be there, which is more. */
const isSaid = (presence: Presence, known: KnownMetric, scraped: ReadonlySet<string>): boolean => {
  if (presence.state === 'no label') return doubtOf(presence.matcher.label, known, scraped) !== undefined;
  if (presence.state !== 'no value') return false;
  const { matcher } = presence;
  const possible = known.labels.valuesOf(matcher.label);
  return possible !== undefined && possible.closed && ![...possible.values].some((value) => takes(matcher, value));
};

const inWords = (selector: Selector, presence: Presence): Report | undefined => {
  const name = selector.name ?? '';
  const span = selector.nameSpan ?? selector;
  switch (presence.state) {
    case 'never': {
      const message = `\`${name}\` was never there in the last ${days(presence.memory)}`;
      return { message, culprit: name, span, expected: 'an exporter that is scraped and has it' };
    }
    case 'vanished': {
      const since =
        presence.last === undefined ? `some time in the last ${days(presence.memory)}` : moment(presence.last);
      const message = `\`${name}\` vanished: gone since ${since}`;
      return { message, culprit: name, span, expected: 'an exporter that is scraped and has it' };
    }
    case 'no label':
      return {
        message: `no series of \`${name}\` has the label \`${presence.matcher.label}\``,
        culprit: presence.matcher.label,
        span: presence.matcher,
        nearest: nearest(presence.matcher.label, presence.labels),
        expected: `its labels are ${listed(presence.labels)}`,
      };
    case 'no value': {
      const { label, operator, value } = presence.matcher;
      return {
        message: `\`${name}\` has no series with \`${label}${operator}"${value}"\``,
        culprit: value,
        span: presence.matcher,
        nearest: nearest(value, presence.values),
        ...(presence.values.length > 0 && { expected: `its values of ${label} are ${listed(presence.values)}` }),
      };
    }
    case 'no combination':
      return { message: `\`${name}\` has no series that all the matchers take`, culprit: name, span: selector };
    default:
      return undefined;
  }
};

const listed = (words: readonly string[]): string => {
  const shown = words.slice(0, 6).map((word) => `\`${word}\``);
  return words.length > 6 ? `${shown.join(', ')} and ${words.length - 6} more` : shown.join(', ');
};

const days = (seconds: number): string => `${Math.round(seconds / 86_400)} days`;

const moment = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
