import fc from 'fast-check';
import type { MetricType } from '../../catalog/catalog';
import { observed, type Content, type Labels } from '../content';
import { familyOf, type Family } from '../families';
import { steady } from '../time/course';

/** Lives that began with 1970: a counter has counted ever since. */
export const always = { program: () => 0, machine: () => 0 };

/** What a label may say: anything but NUL, which Prometheus takes for the end of the page. */
const word = fc
  .array(
    fc.oneof(fc.constantFrom('"', '\\', '\n', '\\n', '{', '}', ',', '=', '# ', ' '), fc.string({ unit: 'binary' })),
    {
      maxLength: 5,
    },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));

/** Labels of one series; their names say nothing about the parts of a histogram. */
export const anyLabels: fc.Arbitrary<Labels> = fc.dictionary(
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,6}$/).map((name) => `l_${name}`),
  word,
  { maxKeys: 4, noNullPrototype: true },
);

/** Any number, the strange ones among them. */
export const anyValue: fc.Arbitrary<number> = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 5e-324, 1e-9, 1.7976931348623157e308, 2 ** 53, 1e21),
);

const types: readonly MetricType[] = ['counter', 'gauge', 'histogram', 'info', 'stateset', 'summary', 'untyped'];

const contentOf = (type: MetricType): fc.Arbitrary<Content> =>
  type === 'histogram' || type === 'summary'
    ? fc
        .record({ pace: fc.nat(100), typical: fc.constantFrom(1e-6, 0.04, 1, 6e7) })
        .map(({ pace, typical }) => observed(steady(pace), typical))
    : anyValue;

/** A metric of any type with series that differ. */
const anyFamily = (name: string): fc.Arbitrary<Family> =>
  fc.constantFrom(...types).chain((type) =>
    fc
      .uniqueArray(fc.record({ labels: anyLabels, content: contentOf(type) }), {
        maxLength: 4,
        // A label without a value is none.
        selector: ({ labels }) =>
          JSON.stringify(
            Object.entries(labels)
              .filter(([, value]) => value !== '')
              .sort(),
          ),
      })
      .map((rows) => familyOf(name, { type }, rows, { lives: always, seed: 's' })),
  );

/** The metrics of a page that no exporter has. */
export const anyFamilies: fc.Arbitrary<readonly Family[]> = fc
  .nat(8)
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyFamily(`metric_${index}`))));
