import { valueInWords } from '../units';
import type { AlertChange, FieldChange } from './change';
import type { AlertFacts, AlertLimit } from './facts';
import { differing, differingIfKnown, pairUp } from './fields';

/** Alerts that came, went, or are told otherwise; other words count where nothing else differs, since they name the numbers too. */
export const compareAlerts = (was: readonly AlertFacts[], is: readonly AlertFacts[]): readonly AlertChange[] =>
  pairUp(was, is, ({ name }) => name).flatMap((pair): readonly AlertChange[] => {
    const alert = pair.is ?? pair.was;
    if (!alert) return [];
    const named = { kind: 'alert', name: alert.name, ...(alert.severity && { severity: alert.severity }) } as const;
    if (!pair.was || !pair.is) return [{ ...named, what: pair.is ? 'new' : 'gone', fields: [] }];
    const fields = fieldsOf(pair.was, pair.is);
    return fields.length > 0 ? [{ ...named, what: 'changed', fields }] : [];
  });

const fieldsOf = (was: AlertFacts, is: AlertFacts): readonly FieldChange[] => {
  const otherQuery = was.query !== undefined && is.query !== undefined && was.query !== is.query;
  // A query in another unit has its limit in that unit, too, and the old one is not known: then numbers stay numbers.
  const unit = otherQuery && was.unit === undefined ? undefined : is.unit;
  const fields = [
    ...thresholds(was.limit, is.limit, was.unit ?? unit, unit),
    ...differingIfKnown('for', was.for, is.for),
    ...differing('stays for', was.keepFiringFor, is.keepFiringFor),
    ...differingIfKnown('severity', was.severity, is.severity),
    ...differingIfKnown('category', was.category, is.category),
    ...differingIfKnown('pack', was.pack, is.pack),
    ...differingIfKnown('no data', was.noData, is.noData),
    ...differingIfKnown('told', was.told, is.told),
    ...(otherQuery ? [{ field: 'query' }] : []),
  ];
  if (fields.length > 0) return fields;
  return differingIfKnown('text', was.texts, is.texts).map(({ field }) => ({ field }));
};

const thresholds = (
  was: AlertLimit | undefined,
  is: AlertLimit | undefined,
  wasUnit: string | undefined,
  isUnit: string | undefined,
): readonly FieldChange[] => {
  const sameOperator = was?.operator === is?.operator;
  return differing('threshold', limitInWords(was, wasUnit, sameOperator), limitInWords(is, isUnit, sameOperator));
};

const limitInWords = (
  limit: AlertLimit | undefined,
  unit: string | undefined,
  valuesOnly: boolean,
): string | undefined => {
  if (!limit) return undefined;
  const values = limit.values.map((value) => (unit === undefined ? String(value) : valueInWords(value, unit)));
  return `${valuesOnly ? '' : `${limit.operator} `}${values.join(' to ')}`;
};
