import { isObject, objectsAt, textAt, type Json } from '../grafana-json/json';
import type { Engine } from '../homelab/homelab';
import { HomelabError } from '../homelab/homelab-error';
import { allowedNames, closest } from '../homelab/nearest';
import { withPosition, type HomelabText } from '../homelab/position';
import { problem, type HomelabProblem, type Keys } from '../homelab/problem';
import { promqlError } from '../query/promql';
import { allKeys, loki, metricDialects, prometheusKeys, vmalert, type Dialect } from './dialects';
import type { IncludedFile } from './included-file';
import { languageOf, type Language } from './logql';

/** A rule file of somebody else: its text stays as it is. */
export interface IncludedRules {
  readonly file: IncludedFile;
  readonly dialect: Dialect;
  /** What it holds, checked. */
  readonly value: Json;
  /** Names of its alerts, in order. */
  readonly alerts: readonly string[];
}

/**
 * A found rule file, and who reads it. Throws a `HomelabError` with what the reader of such files would refuse, but for the types in
 * an expression and the templates in texts, which only that reader knows.
 */
export const includedRules = (
  file: IncludedFile,
  value: Json,
  locate: HomelabText['locate'],
  engine: Engine,
): IncludedRules => {
  const problems = [...checkShape(value)];
  const known = problems.length === 0 ? dialectOf(value, engine) : undefined;
  if (known && 'problems' in known) problems.push(...known.problems);
  if (problems.length > 0)
    throw new HomelabError(
      problems.map((one) => withPosition(one, locate)).sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0)),
      file.source,
    );
  return {
    file,
    dialect: (known as { readonly dialect: Dialect }).dialect,
    value,
    alerts: rulesIn(value).flatMap(({ rule }) => textAt(rule, 'alert') ?? []),
  };
};

interface Situated {
  readonly rule: Json;
  readonly keys: Keys;
}

const rulesIn = (file: Json): readonly Situated[] =>
  objectsAt(file, 'groups').flatMap(([group, at]) =>
    objectsAt(group, 'rules').map(([rule, index]) => ({ rule, keys: ['groups', at, 'rules', index] })),
  );

type Level = 'top' | 'group' | 'rule';

function* checkShape(file: Json): Iterable<HomelabProblem> {
  yield* unknownKeys(file, [], 'top');
  if ('namespace' in file && typeof file['namespace'] !== 'string')
    yield problem(['namespace'], { what: 'no text', value: file['namespace'] });
  const groups = file['groups'];
  if (!Array.isArray(groups)) {
    yield problem(['groups'], {
      what: 'no list of groups of rules',
      value: groups,
      try: 'write `groups:` and below it `- name: ...`',
    });
    return;
  }
  const names = new Map<string, number>();
  for (const [index, group] of groups.entries()) {
    const keys = ['groups', index];
    if (!isObject(group)) {
      yield problem(keys, { what: 'no group of rules', value: group, allowed: 'a group: `name:`, `rules:`' });
      continue;
    }
    yield* unknownKeys(group, keys, 'group');
    yield* checkName(group['name'], [...keys, 'name'], names, index);
    yield* checkDurations(group, keys, ['interval', 'query_offset']);
    if (!Array.isArray(group['rules'])) {
      yield problem([...keys, 'rules'], { what: 'no list of rules', value: group['rules'] });
      continue;
    }
    for (const [at, rule] of group['rules'].entries()) yield* checkRule(rule, [...keys, 'rules', at]);
  }
}

function* checkName(name: unknown, keys: Keys, names: Map<string, number>, index: number): Iterable<HomelabProblem> {
  if (!isScalar(name) || String(name) === '') {
    yield problem(keys, { what: 'a group without a name', value: name, try: 'add `name: ...`' });
    return;
  }
  const first = names.get(String(name));
  if (first === undefined) names.set(String(name), index);
  else yield problem(keys, { what: `groups[${first}] has this name too`, value: name, try: 'choose another' });
}

function* checkRule(rule: unknown, keys: Keys): Iterable<HomelabProblem> {
  if (!isObject(rule)) {
    yield problem(keys, { what: 'no rule', value: rule, allowed: 'a rule: `alert:` or `record:`, `expr:`' });
    return;
  }
  yield* unknownKeys(rule, keys, 'rule');
  const kinds = ['alert', 'record'].filter((key) => key in rule);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1)
    yield problem(keys, {
      what: kind === undefined ? 'neither an alert nor a recording rule' : 'an alert and a recording rule in one',
      allowed: '`alert: <name>` or `record: <name>`',
    });
  else if (!isScalar(rule[kind]) || String(rule[kind]) === '' || (kind === 'record' && /[{}]/.test(String(rule[kind]))))
    yield problem([...keys, kind], { what: 'no name', value: rule[kind] });
  if (!isScalar(rule['expr']) || String(rule['expr']).trim() === '')
    yield problem([...keys, 'expr'], { what: 'a rule without an expression', value: rule['expr'] });
  if (kind === 'record')
    for (const key of ['for', 'keep_firing_for', 'annotations'].filter((each) => each in rule))
      yield problem([...keys, key], {
        what: `a recording rule has no \`${key}\``,
        try: `remove \`${key}\``,
        onKey: true,
      });
  yield* checkDurations(rule, keys, ['for', 'keep_firing_for']);
  if (isObject(rule['labels']) && '__name__' in rule['labels'])
    yield problem([...keys, 'labels', '__name__'], {
      what: 'the name of a series is no label of a rule',
      try: 'remove it',
      onKey: true,
    });
  for (const key of ['labels', 'annotations'])
    if (rule[key] !== undefined && rule[key] !== null && !isTexts(rule[key]))
      yield problem([...keys, key], { what: 'not names with texts', value: rule[key] });
}

function* checkDurations(owner: Json, keys: Keys, which: readonly string[]): Iterable<HomelabProblem> {
  for (const key of which) {
    const value = owner[key];
    if (value === undefined || (isScalar(value) && isDuration(String(value)))) continue;
    yield problem([...keys, key], {
      what: 'no duration',
      value,
      allowed: 'a number and its unit, such as 5m or 1h30m',
    });
  }
}

/** As `model.ParseDuration` of Prometheus takes it, and with a fraction as vmalert does. */
const isDuration = (text: string): boolean =>
  text === '0' ||
  (/^(\d+(\.\d+)?y)?(\d+(\.\d+)?w)?(\d+(\.\d+)?d)?(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?(\d+ms)?$/.test(text) &&
    text !== '');

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const isTexts = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((item) => item === null || isScalar(item));

function* unknownKeys(owner: Json, keys: Keys, level: Level): Iterable<HomelabProblem> {
  const known = allKeys(level);
  for (const key of Object.keys(owner)) {
    if (known.includes(key)) continue;
    const meant = closest(key, known);
    yield problem([...keys, key], {
      what: 'a key that no reader of rule files knows',
      allowed: allowedNames(key, known),
      try: meant ? `write \`${meant}:\` instead of \`${key}:\`` : `remove \`${key}\``,
      onKey: true,
    });
  }
}

type Read = { readonly dialect: Dialect } | { readonly problems: readonly HomelabProblem[] };

/** Who reads the file: by the language of its expressions, then by its keys. */
const dialectOf = (file: Json, engine: Engine): Read => {
  const rules = rulesIn(file).map(({ rule, keys }) => {
    const text = String(rule['expr']);
    return { text, keys: [...keys, 'expr'], language: languageOf(text) };
  });
  const of = (...languages: readonly Language[]) => rules.filter(({ language }) => languages.includes(language));
  const broken = of('neither');
  const [logs] = of('logql');
  const metrics = of('promql');
  if (logs && metrics.length > 0)
    return {
      problems: [
        problem(logs.keys, {
          what: 'LogQL in a file that holds PromQL, too',
          value: logs.text,
          try: 'put the rules for Loki into a file of their own',
        }),
      ],
    };
  if (broken.length === 0) {
    const forLoki = metrics.length === 0 && of('logql', 'rather logql').length > 0;
    return byKeys(file, forLoki ? [loki] : metricDialects);
  }
  // MetricsQL is more than PromQL; who evaluates with it knows whether it is right.
  if (engine === 'vmalert' && !logs) return byKeys(file, [vmalert]);
  return {
    problems: broken.map(({ keys, text }) =>
      problem(keys, {
        what: logs ? 'neither LogQL nor PromQL' : `no PromQL: ${promqlError(text)?.message ?? ''}`,
        value: text,
        try: 'mend it; who reads a file with such a rule loads none of it',
      }),
    ),
  };
};

const byKeys = (file: Json, dialects: readonly Dialect[]): Read => {
  const strangers = (dialect: Dialect): readonly Keys[] => [
    ...foreign(file, [], dialect, 'top'),
    ...objectsAt(file, 'groups').flatMap(([group, index]) => foreign(group, ['groups', index], dialect, 'group')),
    ...rulesIn(file).flatMap(({ rule, keys }) => foreign(rule, keys, dialect, 'rule')),
  ];
  const dialect = dialects.find((one) => strangers(one).length === 0);
  if (dialect) return { dialect };
  const [first] = dialects as readonly [Dialect];
  const [keys] = strangers(first) as readonly [Keys];
  return {
    problems: [
      problem(keys, {
        what:
          dialects.length === 1
            ? `a key that ${first.title} does not know`
            : 'a file with keys of Mimir and of vmalert, which nobody reads',
        try: `remove \`${String(keys.at(-1))}\``,
        onKey: true,
      }),
    ],
  };
};

const foreign = (owner: Json, keys: Keys, dialect: Dialect, level: Level): readonly Keys[] => {
  const known: readonly string[] = [...prometheusKeys[level], ...dialect[level]];
  return Object.keys(owner).flatMap((key) => (known.includes(key) ? [] : [[...keys, key]]));
};
