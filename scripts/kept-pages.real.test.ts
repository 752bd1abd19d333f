import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alerts } from '../alerts/index';
import { dashboards } from '../dashboards/index';
import { conditionQuery } from '../lib/alerts/rule';
import { catalogsOf } from '../lib/homelab/define';
import { readHomelab } from '../lib/homelab/read';
import { resolveHomelab } from '../lib/homelab/resolve';
import type { ResolvedHomelab } from '../lib/homelab/resolved';
import { panelsOf, type Board } from '../lib/proof/board';
import { unseenOnPages, type AskedQuery } from '../lib/prove/kept-pages';
import type { KnownVariable } from '../lib/query/parsed';
import { render } from '../lib/render/render';
import { exampleNames } from './example-snapshots';
import { examplesFolder } from './snapshots';

/** Everything that a rendered board asks Prometheus, and what of the answer it shows. */
const askedBy = (board: Board): readonly AskedQuery[] => {
  const list = board.templating?.list ?? [];
  const variables = list.map((variable): KnownVariable => ({
    name: variable.name,
    type: variable.type,
    values: [],
    multi: variable.multi === true,
    includeAll: variable.includeAll === true,
    ...(variable.allValue && { allValue: variable.allValue }),
  }));
  const pickers = list.flatMap(({ query }) => {
    const text = typeof query === 'string' ? query : query?.query;
    const [, match, label] = /^label_values\((.+),\s*(\w+)\)\s*$/.exec(text ?? '') ?? [];
    return match && label ? [{ query: match, shown: [label], variables }] : [];
  });
  const marks = (board.annotations?.list ?? []).flatMap(({ target }) =>
    target?.expr ? [{ query: target.expr, variables }] : [],
  );
  const panels = panelsOf(board).flatMap(({ targets = [] }) =>
    targets.flatMap(({ expr, legendFormat = '' }) =>
      expr
        ? [
            {
              query: expr,
              shown: [...legendFormat.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label as string),
              variables,
            },
          ]
        : [],
    ),
  );
  return [...pickers, ...marks, ...panels];
};

/** One example with all alerts, personal data shown: everything that it can ask. */
const asked = (name: string): { readonly homelab: ResolvedHomelab; readonly queries: readonly AskedQuery[] } => {
  const written = readHomelab(join(examplesFolder, `${name}${extname(__filename)}`));
  const homelab = resolveHomelab(
    { ...written, privacy: 'full', alerting: { ...written.alerting, pack: 'all' } },
    { engine: 'prometheus', catalogs: catalogsOf(written) },
  );
  const rendered = render(homelab, { dashboards, alerts }, { forLint: true });
  return {
    homelab,
    queries: [
      ...rendered.boards.flatMap(({ json }) => askedBy(json as Board)),
      ...rendered.alerts.groups.flatMap((group) => group.alerts.map((alert) => ({ query: conditionQuery(alert) }))),
    ],
  };
};

// What the catalog itself does not call proven, or lists among the values of a label, the exporter shows only at times.
describe('what is rendered for each example is on the pages that its exporters served', () => {
  it.each(exampleNames())('%s', (name) => {
    const { homelab, queries } = asked(name);
    const unseen = unseenOnPages(queries, homelab);
    expect(unseen.filter(({ grade }) => !grade || grade === 'live' || grade === 'golden')).toEqual([]);
  });
});
