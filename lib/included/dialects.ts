/** Who reads a rule file, by what stands in it. */
export interface Dialect {
  readonly name: 'prometheus' | 'mimir' | 'vmalert' | 'loki';
  /** As messages call it. */
  readonly title: string;
  /** Where such files are written, apart where Prometheus would refuse them. */
  readonly folder: string;
  /** Keys beside those that Prometheus knows. */
  readonly top: readonly string[];
  readonly group: readonly string[];
  readonly rule: readonly string[];
}

/** What Prometheus 3 reads: `model/rulefmt`, which refuses any other key. */
export const prometheusKeys = {
  top: ['groups'],
  group: ['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'],
  rule: ['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'],
} as const;

/** The first that knows all keys of a file is the one it is for. Keys: mimirtool's `rwrulefmt` and Mimir's `rulefmt`, vmalert's `config`. */
export const metricDialects: readonly Dialect[] = [
  { name: 'prometheus', title: 'Prometheus', folder: 'prometheus/rules', top: [], group: [], rule: [] },
  {
    name: 'mimir',
    title: 'Mimir',
    folder: 'mimir/rules',
    top: ['namespace'],
    group: ['align_evaluation_time_on_interval', 'evaluation_delay', 'remote_write', 'source_tenants'],
    rule: [],
  },
  {
    name: 'vmalert',
    title: 'vmalert',
    folder: 'vmalert/rules',
    top: [],
    group: [
      ...['type', 'concurrency', 'params', 'headers', 'notifier_headers', 'tenant', 'debug'],
      ...['eval_alignment', 'eval_delay', 'eval_offset'],
    ],
    rule: ['debug', 'update_entries_limit'],
  },
];

export const vmalert = metricDialects[2] as Dialect;

export const loki: Dialect = {
  name: 'loki',
  title: 'Loki',
  folder: 'loki/rules',
  top: ['namespace'],
  group: ['remote_write'],
  rule: [],
};

/** Everything that somebody knows, for the nearest name of a misspelt key. */
export const allKeys = (level: 'top' | 'group' | 'rule'): readonly string[] => [
  ...prometheusKeys[level],
  ...new Set([...metricDialects, loki].flatMap((dialect) => dialect[level])),
];
