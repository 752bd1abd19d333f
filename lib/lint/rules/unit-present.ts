import { unitOf, valueOf } from '../values';
import { reckonsAfterwards, singleValue } from '../panel/kinds';
import { measureOf, unitFor } from '../panel/measure-units';
import { showsText, valueMappings } from '../panel/options';
import { shownUnits } from '../panel/shown-unit';
import { defineRule } from '../rule';

/** A title that says the unit itself: `Latency (ms)`. */
const namesUnit = /\b(bytes|bits|[kmgt]i?b|milli(second)?s?|ms|seconds|secs?|bps)\b/i;

/** Bytes, seconds and shares are shown as such. */
export const unitPresent = defineRule({
  id: 'unit-present',
  on: 'panel',
  severity: 'warning',
  needs: 'catalog',
  says: 'a panel without a unit whose query gives bytes, seconds, a share or a time',
  why: 'Without a unit Grafana writes `17179869184` or `17.2 Bil` where `16 GiB` is meant, and who reads it has to know what was measured.',
  instead: 'Set the unit that the exporter gives.',

  *check(panel, { knowledge }) {
    if (!(singleValue.has(panel.type) || panel.type === 'timeseries' || panel.type === 'graph')) return;
    if (reckonsAfterwards(panel) || showsText(panel) || valueMappings(panel).length > 0) return;
    for (const query of panel.queries) {
      const { tree } = query.parsed;
      if (!tree || query.hidden) continue;
      const value = valueOf(tree, knowledge);
      const unit = unitOf(tree, knowledge);
      if (!unit || value.kind === 'buckets' || (value.busy && !panel.document.own)) continue;
      const measure = measureOf(unit);
      if (
        !measure ||
        measure.of === 'events' ||
        shownUnits(panel, query).some(
          (id) => id !== undefined && (value.busy === true || (id !== 'short' && id !== 'none')),
        )
      )
        continue;
      const right = unitFor(measure);
      if (right === undefined) continue;
      // Large numbers and times cannot be read without; a share or a temperature can.
      const unreadable =
        !namesUnit.test(panel.title) &&
        ['data', 'data rate', 'moment', 'time'].includes(measure.of) &&
        unit.scale === 1;
      yield {
        message: `\`${panel.title || panel.type}\` shows ${unit.unit.replaceAll('_', ' ')} without a unit`,
        culprit: panel.title || panel.type,
        expected: `set the unit to \`${right}\``,
        evidence: knowledge.says,
        severity: panel.document.own || (unreadable && panel.fields.unit === undefined) ? 'warning' : 'info',
      };
      return;
    }
  },

  accepts: [
    {
      name: 'a unit',
      query: 'node_memory_MemAvailable_bytes',
      panel: { fieldConfig: { defaults: { unit: 'bytes' } } },
    },
    {
      name: 'a number of things',
      query: 'count(node_uname_info)',
      panel: { fieldConfig: { defaults: { unit: undefined } } },
    },
    {
      name: 'a metric that nobody knows',
      query: 'acme_size_bytes',
      panel: { fieldConfig: { defaults: { unit: undefined } } },
    },
    {
      name: 'a table, whose columns have units of their own',
      query: 'node_memory_MemAvailable_bytes',
      panel: { type: 'table', fieldConfig: { defaults: { unit: undefined } } },
    },
  ],
  rejects: [
    {
      name: 'bytes',
      query: 'node_memory_MemAvailable_bytes',
      panel: { fieldConfig: { defaults: { unit: undefined } } },
      because: 'shows bytes without a unit',
    },
    {
      name: 'seconds',
      query: 'time() - node_boot_time_seconds',
      panel: { type: 'stat', fieldConfig: { defaults: { unit: 'short' } } },
      because: 'shows seconds without a unit',
    },
  ],
});
