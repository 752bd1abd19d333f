import { isObject, type Json } from '../grafana-json/json';
import { thresholds, type Levels } from '../thresholds';
import { tokens } from '../tokens';
import { unitInWords, valueInWords } from './units';

/** What a colour of the house means; one that is not of the house keeps its name. */
export const meaningOf = (colour: unknown): string =>
  [...Object.entries(tokens.colour), ...Object.entries(tokens.age)].find(([, value]) => value === colour)?.[0] ??
  String(colour);

/** Name of the limits in the shared table. */
export const nameOfLevels = (levels: Levels | undefined): string | undefined =>
  Object.entries(thresholds).find(([, known]) => known === levels)?.[0];

/** `warning from 80%, critical from 95%`; undefined where nothing depends on the value. */
export const limitsInWords = (config: unknown, unit: string | undefined): string | undefined => {
  const steps = isObject(config) && Array.isArray(config['steps']) ? config['steps'].filter(isObject) : [];
  const named = steps.map(({ color, value }) => ({ meaning: meaningOf(color), value: value as number | null }));
  const base = named[0]?.meaning;
  if (named.length < 2) return base === undefined || base === 'neutral' ? undefined : `always ${base}`;
  const at = (index: number): string => valueInWords(named[index]?.value ?? 0, unit);
  const isLow = base === 'critical' && named.at(-1)?.meaning === 'ok';
  const words = isLow
    ? named.slice(0, -1).map(({ meaning }, index) => `${meaning} below ${at(index + 1)}`)
    : named.slice(1).map(({ meaning }, index) => `${meaning} from ${at(index + 1)}`);
  return [...(isLow || base === 'ok' ? [] : [base]), ...words].join(', ');
};

/** `0 is Failing (critical), 1 is Fine (ok)`; undefined where numbers stay numbers. */
export const namesInWords = (mappings: unknown): string | undefined =>
  inWords(
    mappings,
    ({ type }) => type === 'value',
    ({ options }) => valueNames(options),
  );

/** Other rules for what a value is called, but for the one that gives a missing value no colour. */
export const otherNamesInWords = (mappings: unknown): string | undefined =>
  inWords(
    mappings,
    (mapping) => mapping['type'] !== 'value' && !isMissingWithoutColour(mapping),
    (mapping) => [otherName(mapping)],
  );

const inWords = (
  mappings: unknown,
  wanted: (mapping: Json) => boolean,
  words: (mapping: Json) => readonly string[],
): string | undefined => {
  const all = Array.isArray(mappings) ? mappings.filter(isObject).filter(wanted) : [];
  return all.length === 0 ? undefined : all.flatMap(words).join(', ');
};

/** A rule of the house, for every coloured surface. */
const isMissingWithoutColour = ({ type, options }: Json): boolean => {
  const { match, result } = isObject(options) ? options : ({} as Json);
  const { color, text = '', ...shown } = isObject(result) ? result : ({} as Json);
  const nothing = text === '' && Object.keys(shown).length === 0;
  return type === 'special' && match === 'null+nan' && color === tokens.colour.none && nothing;
};

const valueNames = (options: unknown): readonly string[] =>
  Object.entries(isObject(options) ? options : {}).map(([value, shown]) => `${value} is ${shownAs(shown)}`);

const otherName = ({ type, options }: Json): string => {
  const { result, ...what } = isObject(options) ? options : ({} as Json);
  const when = Object.entries(what).map(([key, value]) => `${key} ${String(value)}`);
  return `${String(type)} ${when.join(', ')} is ${shownAs(result)}`;
};

const shownAs = (shown: unknown): string => {
  const { text, color } = isObject(shown) ? shown : ({} as Json);
  return `${typeof text === 'string' ? text : 'the value'}${color === undefined ? '' : ` (${meaningOf(color)})`}`;
};

/** `percent, 0% to 100%`. */
export const unitAndRange = (unit: string | undefined, min: unknown, max: unknown): string => {
  const words = unit === undefined ? 'no unit' : unitInWords(unit);
  const text = (value: unknown): string => valueInWords(value as number, unit);
  if (min !== undefined && max !== undefined) return `${words}, ${text(min)} to ${text(max)}`;
  if (min !== undefined) return `${words}, from ${text(min)}`;
  return max === undefined ? words : `${words}, up to ${text(max)}`;
};
