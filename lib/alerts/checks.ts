import { toSeconds } from '../duration';
import type { Alert } from './alert';
import { comparing, isSelfEvident } from './condition';
import { valueFormat } from './format';
import { isPersonal } from '../signals/personal';
import { holesOf, ownHoles } from './text';

interface DeclaredGroup {
  readonly name: string;
  readonly file: string;
  readonly alerts: readonly Alert[];
}

/** What is wrong with alerts as their authors wrote them, one text each: file, alert, what, and what to do. */
export const alertProblems = (groups: readonly DeclaredGroup[]): readonly string[] => {
  const all = groups.flatMap((group) => group.alerts.map((alert) => ({ group, alert })));
  return [
    ...groups.flatMap((group) =>
      /^[a-z][a-z0-9-]*$/.test(group.name)
        ? []
        : [`${group.file}: the group's name \`${group.name}\` must be kebab-case, such as \`host\``],
    ),
    ...all.flatMap(({ group, alert }) =>
      [...problemsOf(alert)].map((what) => `${group.file} › ${alert.name}: ${what}`),
    ),
    ...duplicateGroups(groups),
    ...duplicates(all),
    ...unknownEscalations(all),
  ];
};

const summaryLength = 80;

/** Messages show the first step, on a telephone. */
const firstStepLength = 120;

function* problemsOf(alert: Alert): Iterable<string> {
  yield* nameProblems(alert);
  yield* textProblems(alert);
  yield* stepProblems(alert);
  yield* durationProblems(alert);
  yield* thresholdProblems(alert);
  if (alert.signal.context.place !== 'alert')
    yield 'its signal is bound for a panel: take it from the argument of defineAlerts';
  const named = alert.absenceOf === 'host' || alert.absenceOf === 'service' ? alert.absenceOf : undefined;
  if (named && !alert.signal.labels.has(named))
    yield `absenceOf is \`${named}\`, but ${alert.signal.id} does not carry that label, so nobody knows which one does not answer`;
  if (alert.and?.length && alert.noData !== 'ok') {
    yield `noData is \`${alert.noData}\`, but with \`and\` its query also gives nothing while the other condition does not hold: write noData: 'ok'`;
  }
  if (!alert.panel && !alert.heartbeat)
    yield 'names no panel: say which board shows it, `panel: { dashboard, signal }`';
}

function* nameProblems({ name }: Alert): Iterable<string> {
  if (!/^[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+$/.test(name))
    yield 'the name must be <Thing><Condition> in words with capitals, such as `HostDown`';
}

function* textProblems(alert: Alert): Iterable<string> {
  const { summary, description, firstSteps, signal } = alert;
  if (summary.length > summaryLength)
    yield `the summary has ${summary.length} characters, ${summaryLength} are allowed: say what and where, the rest belongs to the description`;
  if (holesOf(summary).includes('value'))
    yield 'the summary holds {value}, which would make a new message at every evaluation: move it to the description';
  for (const [where, text] of [
    ['summary', summary],
    ['description', description],
    // Messages show it, so it is a template there, too.
    ['first step', firstSteps[0] ?? ''],
  ] as const) {
    if (text.includes('{{'))
      yield `the ${where} holds a template of one engine: write {label}, {value}, {threshold} or {for}`;
    for (const hole of holesOf(text)) {
      if (ownHoles.has(hole)) continue;
      if (isPersonal(hole)) yield `the ${where} holds {${hole}}, which is personal: messages name things, not people`;
      else if (!signal.labels.has(hole))
        yield `the ${where} holds {${hole}}, which ${signal.id} does not carry; it has ${[...signal.labels].sort().join(', ') || 'no labels'}`;
    }
  }
  if (holesOf(description).includes('value') && !valueFormat(signal.unit, signal.context.display)) {
    yield `the description holds {value}, but ${signal.id} is a ${signal.unit}, whose number says nothing: say it in words`;
  }
  const measured =
    valueFormat(signal.unit, signal.context.display) && !('is' in alert.when) && !('isNot' in alert.when);
  if (measured && !alert.heartbeat && !holesOf(description).includes('value'))
    yield 'the description does not say how bad it is: it needs {value}';
  for (const key of ['forReason', 'impact', 'noDataReason'] as const) {
    if (alert[key].trim() === '') yield `${key} is empty`;
  }
}

/** Beginnings of sentences that tell instead of asking somebody to do something. */
const notAVerb =
  /^(The|A|An|This|That|These|If|It|Its|You|Your|There|When|While|In|On|At|For|Maybe|Please|Usually|Often|Most|No|Not)$|\w{3}ing$|\w{4}ly$/;

function* stepProblems({ firstSteps }: Alert): Iterable<string> {
  if (firstSteps.length === 0) yield 'has no first steps: they are the runbook';
  for (const step of firstSteps) {
    const first = step.split(/[\s,:]/)[0] ?? '';
    if (!/^[A-Z][a-z]+$/.test(first) || notAVerb.test(first))
      yield `the step "${step}" must begin with what to do, such as Open, Look, Run, Check`;
  }
  const [shown = ''] = firstSteps as readonly string[];
  if (shown.length > firstStepLength)
    yield `the first step has ${shown.length} characters, ${firstStepLength} are allowed, because messages show it: move the rest to the next one`;
}

function* durationProblems(alert: Alert): Iterable<string> {
  for (const key of ['for', 'keepFiringFor'] as const) {
    const text = alert[key];
    if (text === undefined) continue;
    try {
      toSeconds(text);
    } catch (error) {
      yield `${key}: ${(error as Error).message}`;
    }
  }
}

function* thresholdProblems({ signal, when, whenReason, heartbeat }: Alert): Iterable<string> {
  if (!whenReason && !isSelfEvident(signal, when))
    yield `does not say why it starts at ${comparing(when).value}: write whenReason, or use atLevel(${signal.id}, …)`;
  const { value, operator } = comparing(when);
  const [lowest, highest] = signal.range ?? [-Infinity, Infinity];
  if (signal.unit === 'ratio' && highest === Infinity && value > 10) {
    yield `compares a ratio with ${value}: 1 is 100 %, so write ${value / 100}`;
  }
  const never =
    value > highest ||
    value < lowest ||
    (operator === '>' && value === highest) ||
    (operator === '<' && value === lowest);
  if (never && !heartbeat) {
    const hint = signal.unit === 'ratio' && value > 1 && value <= 100 ? `; for ${value} % write ${value / 100}` : '';
    yield `can never fire: ${signal.id} is between ${lowest} and ${highest}, the alert wants ${operator} ${value}${hint}`;
  }
}

const duplicateGroups = (groups: readonly DeclaredGroup[]): readonly string[] =>
  groups.flatMap((group, index) => {
    const earlier = groups.slice(0, index).find((other) => other.name === group.name);
    return earlier
      ? [`${group.file}: ${earlier.file} is a group called \`${group.name}\` already; call this one otherwise`]
      : [];
  });

const duplicates = (all: readonly { readonly group: DeclaredGroup; readonly alert: Alert }[]): readonly string[] => {
  const first = new Map<string, DeclaredGroup>();
  return all.flatMap(({ group, alert: { name } }) => {
    const key = name.toLowerCase();
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, group);
    return earlier === undefined
      ? []
      : [
          `${group.file} › ${name}: ${earlier.file} has an alert of that name already; uids and runbooks are named by it`,
        ];
  });
};

const unknownEscalations = (
  all: readonly { readonly group: DeclaredGroup; readonly alert: Alert }[],
): readonly string[] => {
  const names = new Set(all.map(({ alert }) => alert.name));
  return all.flatMap(({ group, alert: { name, escalates } }) =>
    escalates === undefined || names.has(escalates)
      ? []
      : [`${group.file} › ${name}: escalates \`${escalates}\`, which no alert is called`],
  );
};
