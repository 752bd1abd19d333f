/** What the types need of a catalog: a JSON import, whose metrics and labels TypeScript knows by name. */
interface Names {
  readonly metrics: object;
}

/** The metrics of a catalog, by name. */
export type MetricName<C extends Names> = Extract<keyof C['metrics'], string>;

/** The labels of a metric. Labels that scraping adds are not among them. */
export type LabelName<C extends Names, M extends MetricName<C>> = Extract<keyof LabelsOf<C['metrics'][M]>, string>;

/** The values of a label: the closed set where there is one, else any string. */
export type LabelValue<C extends Names, M extends MetricName<C>, L extends LabelName<C, M>> = ValueOf<
  LabelsOf<C['metrics'][M]>[L]
>;

type LabelsOf<Metric> = Metric extends { readonly labels: infer Labels } ? Labels : never;

type ValueOf<Values> = [keyof Values] extends [never] ? string : `${Extract<keyof Values, string | number>}`;
