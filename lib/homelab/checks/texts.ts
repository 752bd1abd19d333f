import { each, eachEntry, type Draft } from '../draft';
import { allowedNames, closest } from '../nearest';
import { problem, quote, type HomelabProblem, type Keys } from '../problem';

/** Texts with a form of their own: time zone, regular expressions, mail addresses, a chat's number. */
export function* checkTexts(draft: Draft): Iterable<HomelabProblem> {
  yield* checkTimeZone(draft.timeZone);
  for (const key of ['ignoredDevices', 'ignoredFilesystems'] as const) {
    yield* checkRegex(['display', key], draft.display?.[key]);
  }
  for (const [name, receiver] of eachEntry(draft.alerting?.receivers)) {
    if (receiver.kind !== 'email') continue;
    for (const [index, address] of each(receiver.to)) {
      yield* checkMail(['alerting', 'receivers', name, 'to', index], address);
    }
  }
}

function* checkTimeZone(zone: string | undefined): Iterable<HomelabProblem> {
  if (zone === undefined || zone === 'browser' || isTimeZone(zone)) return;
  const names = ['browser', 'UTC', ...Intl.supportedValuesOf('timeZone')];
  const meant = closest(zone, names);
  yield problem(['timeZone'], {
    what: 'unknown time zone',
    value: zone,
    allowed: allowedNames(zone, names),
    ...(meant && { try: `write \`timeZone: ${quote(meant)}\`` }),
  });
}

/** Grafana reads IANA names as they are spelled; JavaScript would also take `europe/berlin` and `+01:00`. */
const isTimeZone = (zone: string): boolean => {
  // Ten times as fast as asking for the format of a zone, which is left to older names such as Asia/Calcutta.
  if (zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)) return true;
  if (!/^[A-Z]/.test(zone)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    return timeZone.toLowerCase() !== zone.toLowerCase();
  } catch {
    return false;
  }
};

function* checkRegex(keys: Keys, text: string | undefined): Iterable<HomelabProblem> {
  if (text === undefined) return;
  const fault = regexFault(text);
  if (!fault) return;
  yield problem(keys, {
    what: `no regular expression that Prometheus can read: ${fault}`,
    value: text,
    allowed: 'RE2 syntax, anchored at both ends, such as lo|veth.*',
    ...(/^\*|\|\*/.test(text) && { try: `write \`${keys.at(-1)}: '${text.replace(/(^|\|)\*/g, '$1.*')}'\`` }),
  });
}

/** RE2 has neither look-around nor back references, because it never goes back. */
const regexFault = (text: string): string | undefined => {
  if (/\(\?(=|!|<=|<!)/.test(text)) return 'it has no (?=...), (?!...) or (?<...)';
  if (/\\[1-9]/.test(text)) return 'it has no back references such as \\1';
  try {
    new RegExp(text);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^.*\/: /, '').toLowerCase();
  }
};

function* checkMail(keys: Keys, address: string): Iterable<HomelabProblem> {
  if (/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address)) return;
  yield problem(keys, {
    what: 'malformed mail address',
    value: address,
    allowed: 'one address without a name, such as me@example.com',
  });
}
