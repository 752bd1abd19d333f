/** Keys that a variable of each type keeps when a browser saves it, beside `name`, `type` and the other common ones. */
export const variableKeys: Readonly<Record<string, readonly string[]>> = {
  adhoc: ['allowCustomValue', 'baseFilters', 'datasource', 'defaultKeys', 'filters'],
  constant: ['current', 'options', 'query'],
  custom: ['allValue', 'allowCustomValue', 'current', 'includeAll', 'multi', 'options', 'query'],
  datasource: [
    'allValue',
    'allowCustomValue',
    'current',
    'includeAll',
    'multi',
    'options',
    'query',
    'refresh',
    'regex',
  ],
  interval: ['auto', 'auto_count', 'auto_min', 'current', 'options', 'query', 'refresh'],
  query: [
    ...['allValue', 'allowCustomValue', 'current', 'datasource', 'definition', 'includeAll', 'multi', 'options'],
    ...['query', 'refresh', 'regex', 'sort', 'staticOptions', 'staticOptionsOrder'],
  ],
  switch: ['current', 'options'],
  textbox: ['current', 'options', 'query'],
};
export const commonVariableKeys = ['description', 'hide', 'label', 'name', 'skipUrlSync', 'type'] as const;

/** Without these the frontend skips the variable, or never fills it. */
export const requiredVariableKeys: Readonly<Record<string, readonly string[]>> = {
  adhoc: ['datasource'],
  constant: ['query'],
  custom: ['query'],
  datasource: ['query', 'refresh'],
  interval: ['current', 'query'],
  query: ['datasource', 'query', 'refresh'],
  switch: ['current', 'options'],
  textbox: [],
};
