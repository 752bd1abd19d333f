import { readSeconds } from '../../duration';
import { each, eachEntry, type Draft } from '../draft';
import { labelsWithValues } from '../schema-words';
import { problem, type HomelabProblem, type Keys } from '../problem';

/** What is said about alerts can be meant: lengths of time, times of day in a zone, a heartbeat that is not faster than its messages. */
export function* checkAlerting(draft: Draft): Iterable<HomelabProblem> {
  const { alerts, receivers, heartbeat, quietHours, digest, mail } = draft.alerting ?? {};
  for (const [name] of eachEntry(receivers)) yield* checkReceiverName(name);
  for (const [name, { for: holds, overrides, notify }] of eachEntry(alerts)) {
    const keys = ['alerting', 'alerts', name];
    if (name === 'DeadMansSwitch' && notify !== undefined) yield deadMansSwitchToPeople([...keys, 'notify']);
    yield* checkLength([...keys, 'for'], holds);
    for (const [index, override] of each(overrides)) {
      yield* checkLength([...keys, 'overrides', index, 'for'], override.for);
      yield* checkMatch([...keys, 'overrides', index, 'match'], override.match);
      yield* checkChange([...keys, 'overrides', index], override);
    }
  }
  yield* checkPeriod(['alerting', 'heartbeat', 'period'], heartbeat?.period);
  if (quietHours) yield* checkZone(['alerting', 'quietHours'], draft.timeZone);
  if (quietHours && quietHours.from !== undefined && quietHours.from === quietHours.to) {
    yield problem(['alerting', 'quietHours', 'to'], {
      what: 'quiet hours that end when they begin',
      value: quietHours.to,
      try: 'choose another time; to switch an alert off write `alerting: { alerts: { …: { enabled: false } } }`',
    });
  }
  if (digest) yield* checkZone(['alerting', 'digest'], draft.timeZone);
  if (quietHours?.from && quietHours.to && digest?.at && isBetween(digest.at, quietHours.from, quietHours.to)) {
    yield problem(['alerting', 'digest', 'at'], {
      what: `a digest in the middle of the quiet hours, which last from ${quietHours.from} to ${quietHours.to}`,
      value: digest.at,
      allowed: 'a time after they end and before they begin',
    });
  }
  if (mail?.server !== undefined && !/^[^\s:/]+:\d{1,5}$/.test(mail.server)) {
    yield problem(['alerting', 'mail', 'server'], {
      what: 'malformed address of a mail server',
      value: mail.server,
      allowed: 'host:port, such as mail.example.org:587',
    });
  }
}

/** Names that stand for something else in what is rendered, and the sign between names that are told together. */
function* checkReceiverName(name: string): Iterable<HomelabProblem> {
  const taken = ['heartbeat', 'nobody'].includes(name);
  if (!taken && !name.includes('+')) return;
  yield problem(['alerting', 'receivers', name], {
    what: taken ? 'a name that we need ourselves' : 'a name with a plus, which joins receivers that are told together',
    value: name,
    allowed: "any other name, such as 'phone'",
  });
}

/** Its messages come every few minutes, for ever. */
const deadMansSwitchToPeople = (keys: Keys): HomelabProblem =>
  problem(keys, {
    what: 'DeadMansSwitch fires all the time: it is for a watchdog, not for people',
    try: "write `heartbeat: { url: { env: 'HOMELAB_HEARTBEAT_URL' } }` under `alerting` instead",
  });

const isBetween = (time: string, from: string, to: string): boolean =>
  from < to ? time >= from && time < to : time >= from || time < to;

/** What a length of time may look like. */
const durations = '0s, 30s, 5m, 1h30m, 7d';

function* checkLength(keys: Keys, text: string | undefined): Iterable<HomelabProblem> {
  if (text === undefined || readSeconds(text) !== undefined) return;
  yield problem(keys, { what: 'unreadable duration', value: text, allowed: durations });
}

/** Grafana and Alertmanager look at a group each minute at the most often, and a lost message must not call anybody. */
function* checkPeriod(keys: Keys, text: string | undefined): Iterable<HomelabProblem> {
  yield* checkLength(keys, text);
  const seconds = text === undefined ? undefined : readSeconds(text);
  if (seconds === undefined || (seconds >= 300 && seconds <= 86_400)) return;
  yield problem(keys, {
    what: 'a period in which the heartbeat cannot be told in time',
    value: text,
    allowed: '5m to 1d',
  });
}

function* checkMatch(keys: Keys, match: object | undefined): Iterable<HomelabProblem> {
  if (match === undefined || Object.keys(match).length > 0) return;
  yield problem(keys, {
    what: 'an override that fits everything',
    value: match,
    allowed: labelsWithValues,
    try: 'write what should hold for all beside `overrides`',
  });
}

/** An override of which nothing came through is told as that. */
function* checkChange(keys: Keys, override: object): Iterable<HomelabProblem> {
  if (Object.keys(override).some((key) => key !== 'match')) return;
  yield problem(keys, {
    what: 'an override that changes nothing',
    allowed: 'threshold, for, severity, notify beside `match`',
    try: 'add what is different, or leave these out with `except`',
  });
}

/** The browser's zone is nobody's at night. */
function* checkZone(keys: Keys, zone: string | undefined): Iterable<HomelabProblem> {
  if (zone !== undefined && zone !== 'browser') return;
  yield problem(keys, {
    what: 'times of day without a time zone: whoever sends the messages has no browser',
    allowed: 'an IANA name in `timeZone`',
    try: "add `timeZone: 'Europe/Berlin'` at the top",
  });
}
