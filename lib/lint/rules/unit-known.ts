import { distance } from 'fastest-levenshtein';
import { grafanaUnits } from '../panel/grafana-units';
import { defineRule } from '../rule';

const byFolded = new Map([...grafanaUnits].map((id) => [id.toLowerCase(), id]));
/** What people write for a unit that Grafana calls otherwise. */
const others = new Map([
  ['byte', 'bytes'],
  ['second', 's'],
  ['sec', 's'],
  ['bytes/sec', 'Bps'],
  ['bytes/s', 'Bps'],
  ['b/s', 'Bps'],
  ['bits/s', 'bps'],
  ['percentage', 'percent'],
  ['celcius', 'celsius'],
  ['bitsps', 'bps'],
]);

/** Units are those that Grafana has, or meant as text. */
export const unitKnown = defineRule({
  id: 'unit-known',
  on: 'panel',
  severity: 'warning',
  needs: 'nothing',
  says: 'a unit that Grafana does not have but for a letter',
  why: 'Grafana writes a unit that it does not know behind the value as it stands: `4831838208 Bytes` in place of `4.50 GiB`.',
  instead: 'Use the id of the unit; for a text of your own write `suffix:` before it.',

  *check(panel) {
    const written = [
      { unit: panel.fields.unit, at: undefined },
      ...panel.overrides.flatMap(({ properties }) =>
        properties.flatMap(({ id, value, at }) =>
          id === 'unit' && typeof value === 'string' ? [{ unit: value, at }] : [],
        ),
      ),
    ];
    for (const { unit, at } of written) {
      if (!unit || grafanaUnits.has(unit) || unit.includes(':') || unit.includes('$')) continue;
      const folded = unit.trim().toLowerCase();
      const meant = byFolded.get(folded) ?? others.get(folded) ?? slipOf(unit);
      if (meant === undefined || isText(unit)) continue;
      yield {
        message: `Grafana has no unit \`${unit}\`, and writes it behind the number as it is`,
        culprit: unit,
        expected: `use \`${meant}\``,
        nearest: [meant],
        ...(at && { at }),
      };
    }
  },

  accepts: [
    { name: 'a unit', panel: { fieldConfig: { defaults: { unit: 'percentunit' } } } },
    { name: 'a text', panel: { fieldConfig: { defaults: { unit: 'suffix: Bytes' } } } },
    { name: 'a word that no unit is near', panel: { fieldConfig: { defaults: { unit: 'cores' } } } },
    { name: 'a short text that means itself', panel: { fieldConfig: { defaults: { unit: 'kWh' } } } },
  ],
  rejects: [
    { name: 'another case', panel: { fieldConfig: { defaults: { unit: 'Bytes' } } }, because: 'has no unit `Bytes`' },
    {
      name: 'a letter too many',
      panel: { fieldConfig: { defaults: { unit: 'percentunits' } } },
      because: 'has no unit',
    },
    {
      name: 'in an override',
      panel: {
        fieldConfig: {
          overrides: [{ matcher: { id: 'byName', options: 'x' }, properties: [{ id: 'unit', value: 'celcius' }] }],
        },
      },
      because: 'has no unit `celcius`',
    },
  ],
});

/** One letter more, less, or other than a long one. */
const slipOf = (unit: string): string | undefined =>
  unit.length < 6 ? undefined : [...grafanaUnits].find((id) => id.length >= 7 && distance(unit, id) === 1);

/** Short ones that are read as they stand: `D`, `M`, `MHz`. */
const isText = (unit: string): boolean => unit.length <= 3 && !/^(sec|b\/s)$/i.test(unit);
