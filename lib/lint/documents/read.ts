import type { Format, JsonObject, LintDocument, Path } from '../subject';
import { isClassic, readClassic, readLibraryPanel } from './classic';
import { decode } from './decode';
import {
  isGrafanaAlerting,
  isGrafanaRule,
  readGrafanaAlerting,
  readGrafanaGroup,
  readRuleResource,
  readSingleRule,
} from './grafana-rules';
import { readJson } from './json-source';
import { nestedIn } from './nested';
import { problemAt, understood } from './problem';
import { isRuleFile, readRuleGroups, rulesLanguage } from './prometheus-rules';
import { beginReading, type Reading } from './reading';
import { looksLike, ofAnotherProgram, resourceOf, textLooksLike } from './recognise';
import type { Problem, Source } from './source';
import { isV2, readV2 } from './v2';
import { isObject, objectIn, textIn } from './value';
import { readYaml } from './yaml-source';

export interface Read {
  readonly documents: readonly LintDocument[];
  /** What was not understood: never a pass. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a file of any kind into what rules look at: dashboards, alerts, recording rules. Never throws; what it cannot understand is a
 * problem that says what the file looks like. `file` is what findings call it; bytes may be UTF-8 or UTF-16.
 */
export const read = (file: string, content: string | Uint8Array): Read => {
  const decoded = decode(file, content);
  if (typeof decoded !== 'string') return { documents: [], problems: [decoded] };
  if (decoded.trim() === '')
    return { documents: [], problems: [{ file, message: 'the file is empty', expected: understood }] };
  const { sources, problems } = readText(file, decoded);
  const all = sources.flatMap(understand);
  const wrong = [...problems, ...all.flatMap((one) => one.problems)];
  const readings = all.flatMap((one) => one.readings);
  const [first] = readings;
  // Manifests hold rules beside what else a program needs; alone it is a file that somebody named by mistake.
  for (const { others } of all)
    for (const { source, at, resource } of others) {
      if (first && resource) first.note(`${resource} is not looked at`);
      else wrong.push(notUnderstood(source, at));
    }
  if (sources.length === 0 && wrong.length === 0)
    wrong.push({ file, message: 'the file holds nothing but comments', expected: understood });
  wrong.push(...readings.flatMap((reading) => reading.problems));
  return { documents: readings.map(({ document }) => document), problems: wrong };
};

/** JSON where it begins so, since it is read much faster; else YAML, which JSON with a mistake is not. */
const readText = (
  file: string,
  text: string,
): { readonly sources: readonly Source[]; readonly problems: readonly Problem[] } => {
  const first = /^\s*(\S)/.exec(text)?.[1];
  if (/\.json$/i.test(file) || ((first === '{' || first === '[') && !/^\s*\{[{%]/.test(text))) {
    const json = readJson(file, text);
    if ('value' in json) return { sources: [json], problems: [] };
    if (!/\.ya?ml$/i.test(file)) return { sources: [], problems: [json] };
  }
  return readYaml(file, text);
};

/** What was found in one value, and what was not understood of it. */
interface Understood {
  readonly readings: readonly Reading[];
  readonly problems: readonly Problem[];
  readonly others: readonly { readonly source: Source; readonly at: Path; readonly resource: string | undefined }[];
}

/** Finds what is known in a value: itself, what an envelope holds, each of a list, what stands as text in a manifest. */
const understand = (source: Source): Understood => {
  const byFormat = new Map<Format, Reading>();
  const nested: Understood[] = [];
  const problems: Problem[] = [];
  const others: Understood['others'][number][] = [];
  const finder: Finder = {
    source,
    readingOf: (format) => {
      const reading = byFormat.get(format) ?? beginReading(source, format);
      byFormat.set(format, reading);
      return reading;
    },
    all: (list, at) => {
      const missed: Path[] = [];
      for (const [index, item] of list.entries()) {
        const path = [...at, index];
        if (!finder.find(item, path)) missed.push(path);
      }
      if (missed.length === list.length) return false;
      for (const path of missed) others.push({ source, at: path, resource: resourceOf(list[path.at(-1) as number]) });
      return true;
    },
    find: (value, at) => {
      if (at.length > 12) return false;
      if (Array.isArray(value)) return value.length > 0 && finder.all(value, at);
      return isObject(value) && forms.some((form) => form(value, at, finder));
    },
    text: (text, at) => {
      const inside = nestedIn(source, at, text, readText);
      problems.push(...inside.problems);
      const found = inside.sources.map(understand);
      nested.push(...found);
      return found.some(({ readings }) => readings.length > 0) || inside.problems.length > 0;
    },
  };
  if (!finder.find(source.value, [])) others.push({ source, at: [], resource: resourceOf(source.value) });
  return {
    readings: [...byFormat.values(), ...nested.flatMap(({ readings }) => readings)],
    problems: [...problems, ...nested.flatMap((one) => one.problems)],
    others: [...others, ...nested.flatMap((one) => one.others)],
  };
};

const notUnderstood = (source: Source, at: Path): Problem => {
  const value = at.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], source.value);
  const recognised = ofAnotherProgram(value);
  const looks = recognised ?? ((typeof value === 'string' && textLooksLike(source.text)) || looksLike(value));
  return {
    ...problemAt(
      source,
      at,
      looks ? `this is ${looks}, which is nothing to lint` : 'nobody knows what this is',
      understood,
    ),
    ...(recognised !== undefined && { recognised }),
  };
};

interface Finder {
  readonly source: Source;
  readingOf(format: Format): Reading;
  /** Whether something in the value, or in one of the list, is understood. */
  find(value: unknown, at: Path): boolean;
  all(list: readonly unknown[], at: Path): boolean;
  /** The same for a file that stands as text in this one. */
  text(text: string, at: Path): boolean;
}

/** Reads a value if it is of one form; false where it is of another. */
type Form = (value: JsonObject, at: Path, finder: Finder) => boolean;

const addGroups = (reading: Reading, groups: Reading['document']['groups']): true => {
  reading.document.groups = [...reading.document.groups, ...groups];
  return true;
};
const addBoard = (reading: Reading, board: Reading['document']['boards'][number]): true => {
  reading.document.boards = [...reading.document.boards, board];
  return true;
};

/** Groups of Prometheus, or of Loki where their expressions are LogQL. */
const addRuleFile = (value: JsonObject, at: Path, finder: Finder, hint?: 'logql'): true => {
  const language = hint ?? rulesLanguage(finder.source.file, value);
  const reading = finder.readingOf(language === 'logql' ? 'loki-rules' : 'prometheus-rules');
  return addGroups(reading, readRuleGroups(reading, value, at, language));
};

const kindOf = (value: JsonObject): string => textIn(value, 'kind') ?? '';

const resource: Form = (value, at, finder) => {
  const kind = kindOf(value);
  const { spec } = value;
  const specAt = [...at, 'spec'];
  if (kind === '' || typeof value['apiVersion'] !== 'string') return false;
  const uid = textIn(objectIn(value, 'metadata'), 'name');
  if (isObject(spec)) {
    if (isV2(spec)) return v2(spec, specAt, finder, uid);
    if (kind === 'LibraryPanel' && isObject(spec['model'])) return libraryPanel(spec, specAt, finder);
    if (kind === 'Dashboard' && (isClassic(spec) || /grafana\.(app|com)\//.test(value['apiVersion']))) {
      const reading = finder.readingOf('classic-dashboard');
      return addBoard(reading, readClassic(reading, spec, specAt, { uid }));
    }
    if (kind === 'AlertRule' || kind === 'RecordingRule')
      if (isObject(spec['expressions'])) {
        const reading = finder.readingOf('grafana-alerting');
        return addGroups(reading, [readRuleResource(reading, value, at)]);
      }
    if (kind === 'GrafanaAlertRuleGroup' || kind === 'AlertRuleGroup') {
      const reading = finder.readingOf('grafana-alerting');
      return addGroups(reading, [
        readGrafanaGroup(reading, spec, specAt, { name: uid, folder: textIn(spec, 'folderRef') }),
      ]);
    }
    // The Prometheus operator, VictoriaMetrics', Google's, Loki's.
    if (isRuleFile(spec))
      return addRuleFile(spec, specAt, finder, /^loki\./.test(value['apiVersion']) ? 'logql' : undefined);
    if (kind === 'GrafanaDashboard') {
      const text = textIn(spec, 'json');
      if (text !== undefined) return finder.text(text, [...specAt, 'json']);
    }
  }
  if (kind === 'ConfigMap') {
    const data = objectIn(value, 'data');
    const files = Object.keys(data).filter(
      (name) => typeof data[name] === 'string' && /\.(json|ya?ml|rules)$/.test(name),
    );
    return files.filter((name) => finder.text(data[name] as string, [...at, 'data', name])).length > 0;
  }
  return /List$/.test(kind) && Array.isArray(value['items']) && finder.find(value['items'], [...at, 'items']);
};

const v2 = (value: JsonObject, at: Path, finder: Finder, uid?: string): boolean => {
  if (!isV2(value)) return false;
  const reading = finder.readingOf('v2-dashboard');
  return addBoard(reading, readV2(reading, value, at, uid));
};

const classic: Form = (value, at, finder) => {
  if (!isClassic(value)) return false;
  const reading = finder.readingOf('classic-dashboard');
  return addBoard(reading, readClassic(reading, value, at));
};

const libraryPanel: Form = (value, at, finder) => {
  const { model } = value;
  if (!isObject(model) || typeof model['type'] !== 'string' || Array.isArray(value['data'])) return false;
  const reading = finder.readingOf('classic-dashboard');
  return addBoard(reading, readLibraryPanel(reading, value, at));
};

const grafanaAlerting: Form = (value, at, finder) => {
  if (isGrafanaRule(value)) {
    const reading = finder.readingOf('grafana-alerting');
    return addGroups(reading, [readSingleRule(reading, value, at)]);
  }
  if (!isGrafanaAlerting(value)) return false;
  const reading = finder.readingOf('grafana-alerting');
  return addGroups(reading, readGrafanaAlerting(reading, value, at));
};

const ruleFile: Form = (value, at, finder) => isRuleFile(value) && addRuleFile(value, at, finder);

/** A group alone, as the APIs of rulers and of Grafana's provisioning take it. */
const oneGroup: Form = (value, at, finder) => {
  const { rules } = value;
  if (!Array.isArray(rules) || rules.length === 0 || !rules.every(isObject)) return false;
  if (rules.every((rule) => isGrafanaRule(rule))) {
    const reading = finder.readingOf('grafana-alerting');
    return addGroups(reading, [readGrafanaGroup(reading, value, at, {})]);
  }
  if (typeof value['name'] !== 'string' || !rules.every((rule: JsonObject) => 'expr' in rule)) return false;
  const whole = { groups: [value] };
  const reading = finder.readingOf(
    rulesLanguage(finder.source.file, whole) === 'logql' ? 'loki-rules' : 'prometheus-rules',
  );
  return addGroups(
    reading,
    readRuleGroups(reading, whole, at, rulesLanguage(finder.source.file, whole), () => at),
  );
};

/** What a ruler answers: groups by namespace or folder. */
const byNamespace: Form = (value, at, finder) => {
  const names = Object.keys(value);
  const isGroups = (list: unknown): boolean =>
    Array.isArray(list) && list.length > 0 && list.every((group) => isObject(group) && Array.isArray(group['rules']));
  return (
    names.length > 0 &&
    names.every((name) => isGroups(value[name])) &&
    names.every((name) => finder.find(value[name], [...at, name]))
  );
};

/** What the APIs put around: `{dashboard, meta}`, a library panel's `result`, a version's `data`, a list's `items`. */
const envelope: Form = (value, at, finder) =>
  ['dashboard', 'result', 'data', 'items', 'elements', 'dashboards', 'spec'].some(
    (key) => typeof value[key] === 'object' && value[key] !== null && finder.find(value[key], [...at, key]),
  );

const forms: readonly Form[] = [
  resource,
  (value, at, finder) => v2(value, at, finder),
  classic,
  libraryPanel,
  grafanaAlerting,
  ruleFile,
  oneGroup,
  byNamespace,
  envelope,
];
