import { parseQuery } from '../../query/parse';
import type { Expr } from '../../query/tree';
import type { Rendered } from '../../render/render';
import { readOwnYaml } from '../../render/read-own-yaml';
import type { JsonObject, Path } from '../subject';

/** A file without defects, into which some are seeded. */
export interface Seed {
  readonly file: string;
  readonly value: JsonObject;
  readonly format: 'dashboard' | 'grafana-alerts' | 'prometheus-rules';
}

/** Where something stands in a seed. */
export interface Site {
  readonly seed: Seed;
  readonly at: Path;
  readonly json: JsonObject;
}

/** A PromQL expression of a panel or an alert. */
export interface QuerySite extends Site {
  /** Of the text itself. */
  readonly textAt: Path;
  readonly text: string;
  readonly tree: Expr;
  /** The panel or the alert that asks. */
  readonly owner: JsonObject;
  readonly of: 'panel' | 'alert' | 'recording';
}

/** The dashboards and rule files that a homelab renders, as objects; `only`: those of some formats. */
export const seedsOf = ({ artifacts }: Rendered): readonly Seed[] =>
  artifacts.flatMap(({ kind, path, text }): readonly Seed[] => {
    switch (kind) {
      case 'dashboard':
        return [{ file: path, value: JSON.parse(text) as JsonObject, format: 'dashboard' }];
      case 'alert-rules':
        return [{ file: path, value: yamlOf(path, text), format: 'grafana-alerts' }];
      case 'rules':
        return [{ file: path, value: yamlOf(path, text), format: 'prometheus-rules' }];
      default:
        return [];
    }
  });

const yamlOf = (path: string, text: string): JsonObject => {
  const read = readOwnYaml(text);
  if (!read) throw new Error(`${path} is not the YAML that we write`);
  return read.value as JsonObject;
};

/** All panels but rows, those of collapsed rows too. */
export const panelsIn = (seed: Seed): readonly Site[] =>
  seed.format === 'dashboard' ? panelsUnder(seed, seed.value, []) : [];

const panelsUnder = (seed: Seed, holder: JsonObject, at: Path): readonly Site[] =>
  listIn(holder, 'panels').flatMap((json, index) => {
    const path = [...at, 'panels', index];
    return json['type'] === 'row' ? panelsUnder(seed, json, path) : [{ seed, at: path, json }];
  });

/** All alerts and recording rules. */
export const rulesIn = (seed: Seed): readonly Site[] =>
  seed.format === 'dashboard'
    ? []
    : listIn(seed.value, 'groups').flatMap((group, groupIndex) =>
        listIn(group, 'rules').map((json, index) => ({
          seed,
          at: ['groups', groupIndex, 'rules', index],
          json,
        })),
      );

/** All variables of a dashboard. */
export const variablesIn = (seed: Seed): readonly Site[] =>
  listIn((seed.value['templating'] ?? {}) as JsonObject, 'list').map((json, index) => ({
    seed,
    at: ['templating', 'list', index],
    json,
  }));

const known = new WeakMap<Seed, readonly QuerySite[]>();

/** All PromQL of panels, alerts and recording rules. */
export const queriesIn = (seed: Seed): readonly QuerySite[] => {
  const found = known.get(seed) ?? [...panelsIn(seed), ...rulesIn(seed)].flatMap(queriesOf);
  known.set(seed, found);
  return found;
};

const queriesOf = (site: Site): readonly QuerySite[] => {
  const { json, at } = site;
  const one = (of: QuerySite['of'], holder: JsonObject, path: Path): readonly QuerySite[] => {
    const text = holder['expr'];
    if (typeof text !== 'string') return [];
    const { tree } = parseQuery('promql', text);
    return tree ? [{ ...site, of, owner: json, text, tree, textAt: [...path, 'expr'] }] : [];
  };
  if (site.seed.format === 'dashboard')
    return listIn(json, 'targets').flatMap((target, index) => one('panel', target, [...at, 'targets', index]));
  if (site.seed.format === 'prometheus-rules') return one('record' in json ? 'recording' : 'alert', json, at);
  return listIn(json, 'data').flatMap((node, index) =>
    one('alert', (node['model'] ?? {}) as JsonObject, [...at, 'data', index, 'model']),
  );
};

/** The objects in a list of an object. */
export const listIn = (value: JsonObject, key: string): readonly JsonObject[] => {
  const list = value[key];
  return Array.isArray(list) ? (list as JsonObject[]) : [];
};

/** What stands at a path. */
export const valueAt = (value: unknown, at: Path): unknown =>
  at.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | undefined)?.[step], value);

/** A copy with another value at a path; `undefined` takes the key away. What is not changed is shared. */
export const changed = <Value>(value: Value, at: Path, to: unknown): Value => {
  const [step, ...rest] = at;
  if (step === undefined) return to as Value;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string | number, unknown>;
  const inner = changed(copy[step] ?? {}, rest, to);
  if (inner === undefined) delete copy[step];
  else copy[step] = inner;
  return copy as Value;
};
