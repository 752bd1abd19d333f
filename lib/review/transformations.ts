import { isObject, objectAt, type Json } from '../grafana-json/json';
import { optionInWords } from './words';

/** What is done to the data before it is drawn, one text a step. */
export const transformationsInWords = (transformations: unknown): readonly string[] =>
  (Array.isArray(transformations) ? transformations.filter(isObject) : []).map((step) => inWords(step));

const inWords = (step: Json): string => {
  const options = objectAt(step, 'options');
  if (step['id'] === 'organize') return organised(options).join('; ') || 'organize';
  return [String(step['id']), ...settings(options)].join(' ');
};

const organised = (options: Json): readonly string[] => {
  const { excludeByName, indexByName, renameByName, ...others } = options;
  const hidden = Object.entries(isObject(excludeByName) ? excludeByName : {}).filter(([, yes]) => yes === true);
  const order = Object.entries(isObject(indexByName) ? indexByName : {}).sort(([, a], [, b]) => Number(a) - Number(b));
  const names = Object.entries(isObject(renameByName) ? renameByName : {});
  return [
    ...(hidden.length > 0 ? [`without ${hidden.map(([name]) => name).join(', ')}`] : []),
    ...(order.length > 0 ? [`in the order ${order.map(([name]) => name).join(', ')}`] : []),
    ...(names.length > 0 ? [`named ${names.map(([from, to]) => `${from} ${String(to)}`).join(', ')}`] : []),
    ...settings(others),
  ];
};

const settings = (options: Json): readonly string[] =>
  Object.entries(options).map(([key, value]) => `${key} ${optionInWords(value)}`);

/** The columns of a table in their order, as *Organize fields* says: the field, and what the column is called. */
export const columnsOf = (transformations: unknown): readonly { readonly field: string; readonly title: string }[] => {
  const steps = Array.isArray(transformations) ? transformations.filter(isObject) : [];
  const options = objectAt(
    steps.find(({ id }) => id === 'organize'),
    'options',
  );
  const titles = objectAt(options, 'renameByName');
  return Object.entries(objectAt(options, 'indexByName'))
    .sort(([, a], [, b]) => Number(a) - Number(b))
    .map(([field]) => ({ field, title: String(titles[field] ?? field) }));
};
