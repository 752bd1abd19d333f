import { isObject, type Json } from '../../grafana-json/json';
import { isEmpty, onlyKeys, withoutKeys, withoutUsual } from './without';

const common = ['name', 'label', 'description', 'skipUrlSync', 'hide', 'type', 'current'];
const several = ['query', 'multi', 'allValue', 'includeAll', 'allowCustomValue'];

/** What a save keeps of a variable of a type; all else is dropped. A type that is not here keeps all it has. */
const keptKeys: Readonly<Record<string, readonly string[]>> = {
  query: [...several, 'definition', 'datasource', 'sort', 'refresh', 'regex', 'staticOptions', 'staticOptionsOrder'],
  custom: several,
  // `refresh` becomes 1 whatever it was.
  datasource: [...several, 'regex'],
  interval: ['query', 'refresh', 'auto', 'auto_min', 'auto_count'],
  // Its value is its query.
  textbox: ['query'],
  constant: ['query'],
  adhoc: ['datasource', 'allowCustomValue', 'baseFilters', 'filters', 'defaultKeys'],
};

const usual = {
  hide: 0,
  skipUrlSync: false,
  label: '',
  description: '',
  multi: false,
  includeAll: false,
  allowCustomValue: true,
  sort: 0,
  regex: '',
  allValue: '',
  definition: '',
  baseFilters: [],
  filters: [],
  staticOptions: [],
};

const usualInterval = { refresh: 2, auto: false, auto_min: '10s', auto_count: 30 };

/** A variable without what a save adds or drops by itself. Which value is chosen counts: a save changes it only when a person ticks the box for it. */
export const normalVariable = (variable: unknown): unknown => {
  if (!isObject(variable)) return variable;
  const type = String(variable['type']);
  const keys = Object.hasOwn(keptKeys, type) ? keptKeys[type] : undefined;
  const kept = keys ? onlyKeys(variable, [...common, ...keys]) : variable;
  const { current, ...rest } = withoutUsual(kept, usual);
  const value = valueOf(current);
  switch (type) {
    case 'constant':
      // A save hides it and takes it out of the address; its query is its value.
      return withoutKeys(rest, ['hide', 'skipUrlSync']);
    case 'textbox':
    case 'adhoc':
      return rest;
    case 'interval':
      return { ...withoutUsual(rest, usualInterval), ...value };
    case 'switch':
      return { ...rest, ...value };
    default:
      return { ...withoutKeys(rest, ['options']), ...value };
  }
};

/** Only the values: the text beside them is now a label, now the value, and one value is now a list, now none. */
const valueOf = (current: unknown): { readonly current?: Json } => {
  const value = isObject(current) ? current['value'] : undefined;
  const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && !isEmpty(one));
  return values.length > 0 ? { current: { value: values.map(spelled) } } : {};
};

const spelled = (value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('$__auto_interval') ? '$__auto' : value;
