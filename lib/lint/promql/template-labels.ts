/** A label that a text names. */
export interface NamedLabel {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const inLegend = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** The labels of a legend: `{{instance}} {{ device }}`. */
export const labelsOfLegend = (legend: string): readonly NamedLabel[] =>
  [...legend.matchAll(inLegend)].map((found) => ({
    name: found[1] as string,
    from: found.index,
    to: found.index + found[0].length,
  }));

const action = /\{\{[\s\S]*?\}\}/g;
const inAction = /(?:\$labels|\.Labels)\.([a-zA-Z_]\w*)|index\s+(?:\$labels|\.Labels)\s+"([^"]+)"/g;

/** The labels that an alert's text takes from its series: `{{ $labels.instance }}`, `{{ .Labels.x }}`, `{{ index $labels "x" }}`. */
export const labelsOfTemplate = (text: string): readonly NamedLabel[] => {
  if (!text.includes('{{')) return [];
  return [...text.matchAll(action)].flatMap((part) =>
    // Inside `range`, `with` and `query` the dot is something else.
    [...part[0].matchAll(inAction)].flatMap((found) => {
      if (found[0].startsWith('.') && /\b(range|with|query|first)\b/.test(text)) return [];
      const from = part.index + found.index;
      return [{ name: (found[1] ?? found[2]) as string, from, to: from + found[0].length }];
    }),
  );
};
