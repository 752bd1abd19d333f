import type { Query } from '../subject';

/** Whether a server evaluates a query by itself, as alert and recording rules are: nobody looks at it, nobody fills in variables. */
export const isRule = ({ owner }: Query): boolean => owner.kind === 'alert' || owner.kind === 'recording';

/** Whether a rule file has it, which only Prometheus, Mimir, Loki or vmalert read. */
export const isInRuleFile = ({ document: { format } }: Query): boolean =>
  format === 'prometheus-rules' || format === 'loki-rules';

/** Panels that show how a value went over time. */
const graphs = new Set(['timeseries', 'graph', 'heatmap', 'state-timeline', 'status-history', 'barchart', 'trend']);

/** Whether a query is drawn over time. */
export const isGraph = ({ owner, mode }: Query): boolean =>
  owner.kind === 'panel' && mode !== 'instant' && graphs.has(owner.type);
