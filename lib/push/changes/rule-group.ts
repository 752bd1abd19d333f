import { isObject, objectsAt, textAt, type Json } from '../../grafana-json/json';
import { grafanaAlerts, prometheusAlerts } from '../../review/changes/alert-facts';
import { compareAlerts } from '../../review/changes/compare-alerts';
import type { AlertFacts } from '../../review/changes/facts';
import { changesOfFields } from './fields';
import { detailsChanged } from './details';
import { fieldInWords } from './field-in-words';

/** `alert HostDiskFillingUp: for 5m to 10m`, `new alert HostDown`, `interval 60 to 120`: of Grafana's groups and of a ruler's. */
export const changesOfRuleGroup = (was: Json, is: Json): readonly string[] => {
  const { rules: _, ...others } = was;
  const { rules: __, ...rest } = is;
  return [...changesOfFields(others, rest), ...changesOfRules(rulesOf(was), rulesOf(is))];
};

interface Rule {
  /** What tells it from the others of its group: uid, or name and how often that came before. */
  readonly key: string;
  readonly name: string;
  readonly rule: Json;
}

const rulesOf = (group: Json): readonly Rule[] => {
  const seen = new Map<string, number>();
  return objectsAt(group, 'rules').map(([rule]) => {
    const name = textAt(rule, 'title') ?? textAt(rule, 'alert') ?? textAt(rule, 'record') ?? 'without a name';
    const own = textAt(rule, 'uid') ?? name;
    const count = (seen.get(own) ?? 0) + 1;
    seen.set(own, count);
    return { key: count === 1 ? own : `${own} ${count}`, name, rule };
  });
};

const changesOfRules = (was: readonly Rule[], is: readonly Rule[]): readonly string[] => {
  const before = new Map(was.map((rule) => [rule.key, rule]));
  const after = new Map(is.map((rule) => [rule.key, rule]));
  const order = (rules: readonly Rule[], there: ReadonlyMap<string, Rule>): string =>
    rules
      .map(({ key }) => key)
      .filter((key) => there.has(key))
      .join('\n');
  return [
    ...was.filter(({ key }) => !after.has(key)).map(({ name, rule }) => `without ${kindOf(rule)} ${name}`),
    ...is.flatMap((rule) => {
      const earlier = before.get(rule.key);
      if (!earlier) return [`new ${kindOf(rule.rule)} ${rule.name}`];
      const words = changesOfRule(earlier, rule);
      return words.length === 0 ? [] : [`${kindOf(rule.rule)} ${rule.name}: ${words.join(', ')}`];
    }),
    ...(order(was, after) === order(is, before) ? [] : ['rules in another order']),
  ];
};

const kindOf = (rule: Json): string =>
  textAt(rule, 'record') !== undefined || isObject(rule['record']) ? 'recording rule' : 'alert';

const changesOfRule = (was: Rule, is: Rule): readonly string[] => {
  const details = detailsChanged(was.rule, is.rule);
  if (details.length === 0) return [];
  const [change] = compareAlerts(factsOf(was), factsOf(is));
  const named = was.name === is.name ? [] : [`was ${was.name}`];
  const fields = (change?.fields ?? []).filter(({ field }) => field !== 'text').map(fieldInWords);
  const texts =
    detailsChanged(was.rule['annotations'] ?? {}, is.rule['annotations'] ?? {}).length > 0 ? ['text changed'] : [];
  const rest = detailsChanged(unsaid(was.rule), unsaid(is.rule));
  const words = [...named, ...fields, ...texts, ...rest];
  return words.length > 0 ? words : details;
};

/** Under one name, so that a rule that was renamed is compared with itself. */
const factsOf = ({ rule }: Rule): readonly AlertFacts[] => {
  const read = textAt(rule, 'alert') === undefined ? grafanaAlerts : prometheusAlerts;
  // The API spells one key otherwise than the files that the comparison reads.
  const spelled = { ...rule, keepFiringFor: rule['keep_firing_for'] };
  return read({ groups: [{ name: '', rules: [spelled] }] }).map((facts) => ({ ...facts, name: 'this' }));
};

/** What the comparison of alerts does not look at: pauses, other labels, what a person added beside the query and its limit. */
const unsaid = (rule: Json): Json => {
  const {
    title: _,
    alert: __,
    expr: ___,
    for: ____,
    noDataState: _____,
    keep_firing_for: __________,
    data,
    labels,
    notification_settings: told,
    ...others
  } = rule;
  const { severity: ______, category: _______, ...otherLabels } = isObject(labels) ? labels : ({} as Json);
  const { receiver: ________, ...pace } = isObject(told) ? told : ({} as Json);
  const { annotations: _________, ...rest } = others;
  return {
    ...rest,
    labels: otherLabels,
    notification_settings: pace,
    data: Array.isArray(data) ? data.map(withoutQuery) : data,
  };
};

const withoutQuery = (query: unknown): unknown => {
  if (!isObject(query) || !isObject(query['model'])) return query;
  const { expr: _, conditions: __, ...model } = query['model'];
  return { ...query, model };
};
