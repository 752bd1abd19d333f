import type { Override, Panel, Query } from '../subject';

/** The units that the values of a query may be shown in; undefined among them: none is set. */
export const shownUnits = (panel: Panel, query: Query): readonly (string | undefined)[] => {
  const possible: (string | undefined)[] = [];
  // The last override that fits wins.
  for (const override of [...panel.overrides].reverse()) {
    const unit = override.properties.find(({ id }) => id === 'unit');
    if (!unit) continue;
    const fit = fitOf(override, query, panel);
    if (fit === 'no') continue;
    possible.push(typeof unit.value === 'string' ? unit.value : undefined);
    if (fit === 'yes') return possible;
  }
  return [...possible, panel.fields.unit];
};

/** Whether an override is about the fields that a query gives. */
const fitOf = ({ matcher: { id, options } }: Override, query: Query, panel: Panel): 'yes' | 'maybe' | 'no' => {
  switch (id) {
    case 'byFrameRefID':
      return options === query.refId ? 'yes' : typeof options === 'string' && /^\w+$/.test(options) ? 'no' : 'maybe';
    case 'byType':
      return options === 'number' ? 'yes' : 'no';
    case 'byName': {
      const legend = query.legend ?? '';
      if (typeof options !== 'string') return 'maybe';
      const column = /^(?:Value|Trend) #(.+)$/.exec(options)?.[1];
      if (column !== undefined) return column === query.refId ? 'yes' : 'no';
      if (options === 'Time') return 'no';
      if (panel.queries.length === 1 && options === 'Value') return 'yes';
      // A table's columns are named by what the transformations make of them, a series without a legend by its labels.
      if (legend === '' || legend === '__auto' || /\{\{|\$|\[\[/.test(legend) || query.format === 'table')
        return 'maybe';
      return options === legend ? 'yes' : 'no';
    }
    default:
      return 'maybe';
  }
};
