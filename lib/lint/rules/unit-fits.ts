import { bare, type Expr } from '../../query/tree';
import type { Knowledge } from '../knowledge';
import { natureOf } from '../promql/nature';
import { nodesOfKind, rates } from '../promql/nodes';
import { rawMetricOf } from '../promql/raw-samples';
import type { Query } from '../subject';
import { constantOf, unitOf, valueOf } from '../values';
import { dimensionOf, plainUnits, type Dimension } from '../panel/grafana-units';
import { drawsData, reckonsAfterwards } from '../panel/kinds';
import { alike, measureOf, unitFor } from '../panel/measure-units';
import { shownUnits } from '../panel/shown-unit';
import { showsText } from '../panel/options';
import { defineRule } from '../rule';

/** The unit of a panel is the one that its query's values are in. */
export const unitFits = defineRule({
  id: 'unit-fits',
  on: 'panel',
  severity: 'warning',
  needs: 'catalog',
  says: 'a unit that is not what the query gives: seconds shown as milliseconds, a ratio as percent, bytes per second as bytes',
  why: 'The number is drawn with a wrong name, and often wrong by a factor: a ratio of 0.5 as `0.5 %`, a second as a millisecond, a time of today as one in January 1970.',
  instead: 'Set the unit that the exporter gives, or reckon the value into the unit in the query.',

  *check(panel, { knowledge }) {
    if (!drawsData(panel) || reckonsAfterwards(panel) || showsText(panel)) return;
    for (const query of panel.queries) {
      const { tree } = query.parsed;
      if (!tree || query.hidden || ratesGauge(query, knowledge)) continue;
      const value = valueOf(tree, knowledge);
      const unit = unitOf(tree, knowledge) ?? (isComplement(tree) ? ({ unit: 'ratio', scale: 1 } as const) : undefined);
      if (!unit || (value.kind === 'buckets') !== (panel.type === 'heatmap')) continue;
      const measure = measureOf(unit);
      if (!measure || !isConversion(unit.scale) || (measure.of === 'events' && namesMeasure(query.text))) continue;
      const shown = shownUnits(panel, query);
      // Seconds per second, from which something was taken: a drift, shown as the seconds that it is.
      const perSecond = value.busy === true || (measure.of === 'share' && slope.test(query.text));
      if (shown.some((id) => id === undefined || fine(id, measure, perSecond))) continue;
      const id = shown[0] as string;
      yield {
        message: `\`${id}\` is the unit, but query ${query.refId} gives ${words(unit)}${consequence(id, measure)}`,
        culprit: id,
        expected: expected(id, measure),
        evidence: knowledge.says,
        ...(isEpoch(id, measure) && { severity: 'error' as const }),
        // A link's speed in bytes: nobody is misled.
        ...(value.kind === 'gauge' &&
          measure.of === 'data rate' &&
          dimensionOf(id)?.of === 'data' && { severity: 'info' as const }),
      };
    }
  },

  accepts: [
    {
      name: 'bytes in decimal',
      query: 'node_memory_MemAvailable_bytes',
      panel: { fieldConfig: { defaults: { unit: 'decbytes' } } },
    },
    {
      name: 'a ratio times 100 as percent',
      query: '100 * (node_filesystem_avail_bytes / node_filesystem_size_bytes)',
      panel: { fieldConfig: { defaults: { unit: 'percent' } } },
    },
    {
      name: 'a ratio as a share',
      query: 'node_filesystem_avail_bytes / node_filesystem_size_bytes',
      panel: { fieldConfig: { defaults: { unit: 'percentunit' } } },
    },
    {
      name: 'bytes per second times 8 as bits',
      query: 'rate(node_network_receive_bytes_total[5m]) * 8',
      panel: { fieldConfig: { defaults: { unit: 'bps' } } },
    },
    {
      name: 'a plain number',
      query: 'node_memory_MemAvailable_bytes',
      panel: { fieldConfig: { defaults: { unit: 'short' } } },
    },
    {
      name: 'MiB, reckoned',
      query: 'node_memory_MemAvailable_bytes / 1024 / 1024',
      panel: { fieldConfig: { defaults: { unit: 'mbytes' } } },
    },
    {
      name: 'a date in milliseconds',
      query: 'node_boot_time_seconds * 1000',
      panel: { fieldConfig: { defaults: { unit: 'dateTimeAsIso' } } },
    },
    {
      name: 'CPU seconds per second as seconds',
      query: 'rate(process_cpu_seconds_total[5m])',
      panel: { fieldConfig: { defaults: { unit: 's' } } },
    },
    {
      name: 'watts, reckoned from how busy it is',
      query: '90 * (node_filesystem_avail_bytes / node_filesystem_size_bytes)',
      panel: { fieldConfig: { defaults: { unit: 'watt' } } },
    },
    {
      name: 'a gauge that is rated by mistake',
      query: 'rate(process_resident_memory_bytes[5m])',
      panel: { fieldConfig: { defaults: { unit: 'bytes' } } },
    },
    {
      name: 'a metric that nobody knows',
      query: 'acme_size_bytes',
      panel: { fieldConfig: { defaults: { unit: 's' } } },
    },
    {
      name: 'an override for the query',
      query: 'time() - node_boot_time_seconds',
      panel: {
        fieldConfig: {
          defaults: { unit: 'bytes' },
          overrides: [{ matcher: { id: 'byFrameRefID', options: 'A' }, properties: [{ id: 'unit', value: 's' }] }],
        },
      },
    },
  ],
  rejects: [
    {
      name: 'what is left of one as percent',
      query: '1 - avg by (instance) (sum by (instance, cpu) (rate(node_cpu_seconds_total{mode="idle"}[5m])))',
      panel: { fieldConfig: { defaults: { unit: 'percent' } } },
      because: '100 times',
    },
    {
      name: 'seconds as milliseconds',
      query: 'time() - node_boot_time_seconds',
      panel: { fieldConfig: { defaults: { unit: 'ms' } } },
      because: '1000 times',
    },
    {
      name: 'a ratio as percent',
      query: 'node_filesystem_avail_bytes / node_filesystem_size_bytes',
      panel: { fieldConfig: { defaults: { unit: 'percent' } } },
      because: '100 times',
    },
    {
      name: 'percent as a share',
      query: '100 * (node_filesystem_avail_bytes / node_filesystem_size_bytes)',
      panel: { fieldConfig: { defaults: { unit: 'percentunit' } } },
      because: '100 times',
    },
    {
      name: 'bytes as bits',
      query: 'rate(node_network_receive_bytes_total[5m])',
      panel: { fieldConfig: { defaults: { unit: 'bps' } } },
      because: '8 times',
    },
    {
      name: 'bytes per second as bytes',
      query: 'rate(node_network_receive_bytes_total[5m])',
      panel: { fieldConfig: { defaults: { unit: 'bytes' } } },
      because: 'bytes per second',
    },
    {
      name: 'a date in seconds',
      query: 'node_boot_time_seconds',
      panel: { fieldConfig: { defaults: { unit: 'dateTimeAsIso' } } },
      because: 'January 1970',
    },
    {
      name: 'a temperature as bytes',
      query: 'node_hwmon_temp_celsius',
      panel: { fieldConfig: { defaults: { unit: 'bytes' } } },
      because: 'celsius',
    },
    {
      name: 'an override for another query',
      query: 'time() - node_boot_time_seconds',
      panel: {
        fieldConfig: {
          defaults: { unit: 'bytes' },
          overrides: [{ matcher: { id: 'byFrameRefID', options: 'B' }, properties: [{ id: 'unit', value: 's' }] }],
        },
      },
      because: 'gives seconds',
    },
  ],
});

/** Whether it is what is left of the whole, `1 - x`, whatever `x` measures. */
const isComplement = (expr: Expr): boolean => {
  const node = bare(expr);
  if (node.kind === 'aggregation')
    return ['avg', 'min', 'max', 'topk', 'bottomk'].includes(node.name) && isComplement(node.inner);
  return node.kind === 'binary' && node.operator === '-' && constantOf(node.left) === 1;
};

/** Whether the query is wrong before its unit is: `rate-of-gauge` tells. */
const ratesGauge = (query: Query, knowledge: Knowledge): boolean =>
  nodesOfKind(query, 'call').some(({ node }) => {
    const known = rates.has(node.name) ? rawMetricOf(node.args[0], knowledge) : undefined;
    return known !== undefined && natureOf(known) === 'gauge';
  });

const slope = /\b(i?rate|deriv|increase|i?delta)\s*\(/;

/** Whether a factor is one between units, not a price, a wattage or the length of a window. */
const isConversion = (scale: number): boolean => {
  const factor = Math.abs(scale) >= 1 ? Math.abs(scale) : 1 / Math.abs(scale);
  return conversions.some((one) => Math.abs(factor / one - 1) < 1e-6);
};

const conversions = [1, 8, 60, 100, 3600, 86400].flatMap((base) =>
  [1e3, 1024].flatMap((step) => [0, 1, 2, 3, 4].map((power) => base * step ** power)),
);

/** Whether a metric that counts says in its name that what it counts is a quantity. */
const namesMeasure = (text: string): boolean => /bytes|bits|octets|seconds|_ms\b|joules|nanos/i.test(text);

/** Whether a unit shows such values as they are, or does not say what they are. */
const fine = (id: string, measure: Dimension, busy: boolean): boolean => {
  if (plainUnits.has(id)) return true;
  const shown = dimensionOf(id);
  // A text of its own, a currency, what is not compared.
  if (!shown) return true;
  if (alike(shown, measure)) return true;
  if (busy && shown.of !== 'share') return true;
  // A ratio per second, a count of turns: what is counted is not told by the unit.
  return (
    shown.of === 'events' &&
    measure.of === 'events' &&
    Math.abs(Math.log(shown.factor / measure.factor)) > Math.log(1e5)
  );
};

const isEpoch = (id: string, measure: Dimension): boolean =>
  measure.of === 'moment' && dimensionOf(id)?.of === 'moment' && measure.factor > 500;

const consequence = (id: string, measure: Dimension): string => {
  const shown = dimensionOf(id);
  if (!shown || shown.of !== measure.of) return '';
  if (isEpoch(id, measure)) return ', so a day in January 1970 is shown';
  const factor = measure.factor / shown.factor;
  const times = Number((factor > 1 ? factor : 1 / factor).toPrecision(3));
  return `, so what is shown is ${times} times too ${factor > 1 ? 'little' : 'much'}`;
};

const expected = (id: string, measure: Dimension): string => {
  const shown = dimensionOf(id);
  const right = unitFor(measure);
  const factor = shown?.of === measure.of ? Number((measure.factor / shown.factor).toPrecision(4)) : undefined;
  const reckoned =
    factor === undefined
      ? undefined
      : factor >= 1
        ? `multiply by ${factor}`
        : `divide by ${Number((1 / factor).toPrecision(4))}`;
  return (
    [right === undefined ? undefined : `set the unit to \`${right}\``, reckoned].filter(Boolean).join(', or ') ||
    'set a unit that fits'
  );
};

const words = ({ unit, scale }: { readonly unit: string; readonly scale: number }): string => {
  const name = unit.replace('timestamp_', 'a time since 1970 in ').replaceAll('_', ' ');
  return scale === 1 ? name : `${name} × ${Number(scale.toPrecision(4))}`;
};
