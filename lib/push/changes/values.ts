import { isObject } from '../../grafana-json/json';

/** A short value as one reads it; undefined for what is too long, or no single value. */
export const valueInWords = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return 'none';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value === '' ? 'empty' : short(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.length === 0 ? 'none' : short(value.join(', '));
  if (isObject(value) && typeof value['env'] === 'string') return `the value of ${value['env']}`;
  return undefined;
};

const short = (text: string): string | undefined => (text.length <= 60 && !/[\r\n]/.test(text) ? text : undefined);

/** `for 5m to 10m`; without the values where they are long: `message changed`. */
export const changeInWords = (name: string, was: unknown, is: unknown): string => {
  const [before, after] = [valueInWords(was), valueInWords(is)];
  return before === undefined || after === undefined || before === after
    ? `${name} changed`
    : `${name} ${before} to ${after}`;
};
