import { isObject, objectAt, objectsAt, textAt, type Json } from '../../grafana-json/json';
import type { AlertFacts, AlertLimit } from './facts';
import { grafanaOperators, splitLimit } from './split-limit';

/** Alerts in a file of rules that Grafana provisions. Throws where it is none. */
export const grafanaAlerts = (file: unknown): readonly AlertFacts[] =>
  rulesIn(file).flatMap(({ group, rule }) => {
    const name = textAt(rule, 'title');
    if (name === undefined) return [];
    const [measured] = objectsAt(rule, 'data').map(([query]) => objectAt(query, 'model'));
    return [
      defined({
        name,
        group,
        limit: grafanaLimit(rule),
        query: textAt(measured, 'expr'),
        for: textAt(rule, 'for') ?? '0s',
        keepFiringFor: textAt(rule, 'keepFiringFor'),
        ...labelsOf(rule),
        noData: textAt(rule, 'noDataState'),
        told: toldBy(rule),
        texts: JSON.stringify(objectAt(rule, 'annotations')),
      }),
    ];
  });

/** Alerts in a rule file of Prometheus, Mimir or vmalert. Throws where it is none. */
export const prometheusAlerts = (file: unknown): readonly AlertFacts[] =>
  rulesIn(file).flatMap(({ group, rule }) => {
    const name = textAt(rule, 'alert');
    if (name === undefined) return [];
    const { query, limit } = splitLimit(textAt(rule, 'expr') ?? '');
    return [
      defined({
        name,
        group,
        limit,
        query,
        for: textAt(rule, 'for') ?? '0s',
        keepFiringFor: textAt(rule, 'keep_firing_for'),
        ...labelsOf(rule),
        texts: JSON.stringify(objectAt(rule, 'annotations')),
      }),
    ];
  });

const rulesIn = (file: unknown): readonly { readonly group: string | undefined; readonly rule: Json }[] => {
  if (!isObject(file) || !Array.isArray(file['groups'])) throw new Error('no file of rules: it has no groups');
  return objectsAt(file, 'groups').flatMap(([group]) =>
    objectsAt(group, 'rules').map(([rule]) => ({ group: textAt(group, 'name'), rule })),
  );
};

const grafanaLimit = (rule: Json): AlertLimit | undefined => {
  const node = objectsAt(rule, 'data')
    .map(([query]) => objectAt(query, 'model'))
    .find(({ type }) => type === 'threshold');
  const [condition] = objectsAt(node, 'conditions').map(([it]) => objectAt(it, 'evaluator'));
  const type = textAt(condition, 'type');
  const params = condition?.['params'];
  if (type === undefined || !Array.isArray(params)) return undefined;
  return {
    operator: grafanaOperators[type] ?? type,
    values: params.filter((value) => typeof value === 'number'),
  };
};

const labelsOf = (rule: Json): Pick<AlertFacts, 'severity' | 'category'> => {
  const labels = objectAt(rule, 'labels');
  return defined({ severity: textAt(labels, 'severity'), category: textAt(labels, 'category') });
};

/** Undefined where the policies decide. */
const toldBy = (rule: Json): string | undefined => {
  const settings = objectAt(rule, 'notification_settings');
  const receiver = textAt(settings, 'receiver');
  return receiver !== undefined && Array.isArray(settings['mute_time_intervals']) ? 'nobody' : receiver;
};

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>;
