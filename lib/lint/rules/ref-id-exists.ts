import { drawsData } from '../panel/kinds';
import { defineRule } from '../rule';
import type { JsonObject, Panel, Path } from '../subject';

/** Overrides and transformations name queries that there are. */
export const refIdExists = defineRule({
  id: 'ref-id-exists',
  on: 'panel',
  severity: 'warning',
  needs: 'nothing',
  says: 'an override or a transformation for a query that the panel does not have',
  why: 'It is passed over without a word: what should have had a unit, a colour or an axis of its own has none.',
  instead: 'Name the refId of a query, or take it away.',

  *check(panel) {
    const known = refIdsOf(panel);
    if (!drawsData(panel) || known.size === 0) return;
    const named: { readonly refId: string; readonly what: string; readonly at: Path }[] = [
      ...panel.overrides.flatMap(({ matcher, at }) =>
        matcher.id === 'byFrameRefID' && typeof matcher.options === 'string'
          ? [{ refId: matcher.options, what: 'an override', at }]
          : [],
      ),
      ...panel.transformations.flatMap((transformation) =>
        filtersOf(transformation).map((refId) => ({ refId, what: 'a transformation', at: panel.at })),
      ),
    ];
    for (const { refId, what, at } of named) {
      const parts = refId
        .replace(/^\/|\/$/g, '')
        .split('|')
        .map((part) => part.replace(/^\^|\$$|^\(\?:|\)$/g, ''));
      const missing = parts.filter((part) => /^[\w -]+$/.test(part) && !known.has(part) && !made.test(part));
      if (missing.length === 0 || missing.length < parts.length) continue;
      yield {
        message: `${what} is for query \`${refId}\`, which the panel does not have`,
        culprit: refId,
        at,
        expected: `name one of ${[...known].map((id) => `\`${id}\``).join(', ')}`,
      };
    }
  },

  accepts: [
    { name: 'one that is there', panel: override('A') },
    { name: 'a pattern that one fits', panel: override('/^(?:A|C)$/') },
  ],
  rejects: [
    { name: 'one that is not', panel: override('B'), because: 'an override is for query `B`' },
    {
      name: 'a transformation',
      panel: { transformations: [{ id: 'filterByRefId', options: { include: 'B' } }] },
      because: 'a transformation is for query `B`',
    },
  ],
});

function override(options: string): object {
  return {
    fieldConfig: {
      overrides: [{ matcher: { id: 'byFrameRefID', options }, properties: [{ id: 'unit', value: 's' }] }],
    },
  };
}

/** What transformations call what they make. */
const made = /^(joinBy|merge|Trend|compare|.*-.*)/i;

const refIdsOf = ({ json, queries }: Panel): ReadonlySet<string> => {
  const targets = json['targets'];
  const written = Array.isArray(targets)
    ? targets.flatMap((target: unknown) =>
        typeof target === 'object' && target !== null && 'refId' in target ? [String(target.refId)] : [],
      )
    : [];
  return new Set([...written, ...queries.map(({ refId }) => refId)]);
};

const filtersOf = ({ id, options, filter }: JsonObject): readonly string[] => {
  const found: string[] = [];
  if (id === 'filterByRefId' && isObject(options) && typeof options['include'] === 'string')
    found.push(options['include']);
  if (
    isObject(filter) &&
    filter['id'] === 'byRefId' &&
    typeof filter['options'] === 'string' &&
    filter['options'] !== ''
  )
    found.push(filter['options']);
  return found;
};

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
