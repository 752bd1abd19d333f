import { unitOf, valueOf } from '../values';
import { dimensionOf } from '../panel/grafana-units';
import { reckonsAfterwards } from '../panel/kinds';
import { measureOf } from '../panel/measure-units';
import { shownUnits } from '../panel/shown-unit';
import { drawnLimits } from '../panel/threshold-steps';
import { showsText } from '../panel/options';
import { defineRule, type Context } from '../rule';
import type { Panel } from '../subject';

/** Thresholds are in the unit of the values. */
export const thresholdScale = defineRule({
  id: 'threshold-scale',
  on: 'panel',
  severity: 'warning',
  needs: 'catalog',
  says: 'thresholds on another scale than the values: 80 for a share of 0 to 1, 0.8 for percent of 0 to 100, beyond the maximum',
  why: 'The colour never changes, so the panel looks fine on the day that it should not, or it is red from the first second.',
  instead: 'Write thresholds in the unit of the value: 0.8 for `percentunit`, 80 for `percent`.',

  *check(panel, context) {
    const limits = drawnLimits(panel);
    const positive = limits.filter((limit) => limit > 0);
    const [lowest] = [...positive].sort((a, b) => a - b);
    const highest = Math.max(...positive);
    if (lowest === undefined || !panel.fields.thresholds) return;
    const said = `\`${[...new Set(positive)].join(', ')}\``;
    const report = (message: string, expected: string) => ({
      message,
      culprit: String(lowest),
      expected,
      at: panel.fields.thresholds!.at,
    });
    if (panel.fields.thresholds.mode === 'percentage') {
      if (lowest > 100)
        yield report(
          `thresholds are in percent of the range, so ${said} is never reached`,
          'write them between 0 and 100',
        );
      else if (highest < 1 && highest >= 0.5 && lowest >= 0.1 && panel.fields.max !== 100)
        yield report(
          `thresholds are in percent of the range, so ${said} is at its very beginning`,
          'write them between 0 and 100',
        );
      return;
    }
    const { max, unit } = panel.fields;
    if (max !== undefined && max > 0 && lowest > max * 1.0001 && !overridesOf(panel, 'max', 'thresholds')) {
      yield report(`all thresholds (${said}) lie beyond the maximum, which is ${max}`, `write them below ${max}`);
      return;
    }
    const values = valuesOf(panel, context);
    const units = new Set(panel.queries.flatMap((query) => shownUnits(panel, query)));
    const onlyUnit = units.size <= 1 ? unit : undefined;
    // Of strangers' shares some go far beyond the whole, such as load by CPUs.
    const beyond = panel.document.own || values === 'ratio' ? 2 : 5;
    if (onlyUnit === 'percentunit' && lowest >= beyond)
      yield report(
        `the unit is \`percentunit\`, where ${said} means ${lowest * 100} % and more`,
        shares(positive, 0.01),
      );
    else if (
      onlyUnit === 'percent' &&
      highest < 1 &&
      highest >= 0.5 &&
      max !== 1 &&
      positive.every((limit) => limit >= 0.1) &&
      values !== 'ratio'
    )
      yield report(
        `the unit is \`percent\`, of 0 to 100, where ${said} means less than one percent`,
        shares(positive, 100),
      );
    else if (values === 'ratio' && onlyUnit !== 'percent' && lowest >= 5)
      yield report(`the query gives a share of 0 to 1, which never reaches ${said}`, shares(positive, 0.01));
    else if (values === 'bool' && lowest > 1)
      yield report(`the query gives 0 or 1, which never reaches ${said}`, 'write 1');
    else if (
      onlyUnit !== undefined &&
      highest < 1 &&
      highest >= 0.5 &&
      lowest >= 0.1 &&
      dimensionOf(onlyUnit)?.factor === 1 &&
      isLarge(onlyUnit)
    )
      yield report(`thresholds of ${said} are less than one of the unit \`${onlyUnit}\``, 'write them in that unit');
  },

  accepts: [
    stat('a share', 'percentunit', [0.8, 0.9]),
    stat('percent', 'percent', [80, 90]),
    stat('a little more than all', 'percentunit', [1, 1.5]),
    stat('a share of errors in percent', 'percent', [0.01, 0.05]),
    stat('a limit at the maximum', 'percent', [100], { max: 100 }),
    { name: 'what is not drawn', panel: { ...stat('', 'percentunit', [80]).panel, options: { colorMode: 'none' } } },
    stat('anything above zero', 'Bps', [0.01]),
    { ...stat('up', 'none', [1]), query: 'up' },
  ],
  rejects: [
    { ...stat('percent for a share', 'percentunit', [80, 90]), because: 'means 8000 %' },
    { ...stat('a share for percent', 'percent', [0.8, 0.9]), because: 'less than one percent' },
    { ...stat('beyond the maximum', 'percentunit', [3], { max: 1 }), because: 'beyond the maximum' },
    {
      ...stat('a share without a unit', 'short', [80]),
      query: 'node_filesystem_avail_bytes / node_filesystem_size_bytes',
      because: 'never reaches',
    },
    { ...stat('80 for up', 'none', [80]), query: 'up', because: 'gives 0 or 1' },
    { ...stat('a share for bytes', 'bytes', [0.8, 0.9]), because: 'less than one of the unit' },
    {
      name: 'shares in percent of the range',
      panel: {
        type: 'gauge',
        fieldConfig: {
          defaults: {
            min: 0,
            max: 10,
            color: { mode: 'thresholds' },
            thresholds: {
              mode: 'percentage',
              steps: [
                { value: null, color: 'green' },
                { value: 0.8, color: 'red' },
              ],
            },
          },
        },
      },
      because: 'at its very beginning',
    },
  ],
});

/** A stat whose thresholds are to be seen. */
function stat(name: string, unit: string, limits: readonly number[], more: object = {}) {
  const steps = [{ value: null, color: 'green' }, ...limits.map((value) => ({ value, color: 'red' }))];
  return {
    name,
    query: 'acme_things',
    panel: {
      type: 'stat',
      options: { colorMode: 'value' },
      fieldConfig: {
        defaults: { unit, color: { mode: 'thresholds' }, thresholds: { mode: 'absolute', steps }, ...more },
      },
    },
  };
}

const shares = (limits: readonly number[], by: number): string =>
  `write ${limits.map((limit) => `\`${Number((limit * by).toPrecision(4))}\``).join(', ')}`;

const overridesOf = ({ overrides }: Panel, ...ids: readonly string[]): boolean =>
  overrides.some(({ properties }) => properties.some(({ id }) => ids.includes(id)));

const isLarge = (unit: string): boolean =>
  ['data', 'data rate'].includes(dimensionOf(unit)?.of ?? '') || unit === 'celsius';

/** What all of the queries give, where it is known and bounded. */
const valuesOf = (panel: Panel, { knowledge }: Context): 'ratio' | 'bool' | undefined => {
  if (reckonsAfterwards(panel) || showsText(panel)) return undefined;
  const kinds = new Set(
    panel.queries
      .filter(({ hidden }) => !hidden)
      .map(({ parsed: { tree } }) => {
        if (!tree) return undefined;
        const value = valueOf(tree, knowledge);
        if (value.kind === 'bool' && (value.unit === 'bool' || value.unit === undefined)) return 'bool';
        const unit = unitOf(tree, knowledge);
        const measure = unit && measureOf(unit);
        return measure?.of === 'share' && Math.abs(measure.factor - 1) < 1e-6 && !value.busy ? 'ratio' : undefined;
      }),
  );
  const [only] = kinds;
  return kinds.size === 1 ? only : undefined;
};
