import { isObject, objectAt, textAt } from '../grafana-json/json';
import { AuthError, RefusedError, UnreachableError } from './errors';
import { roleFor } from './roles';

/** An answer that is no success, of whatever shape. */
export interface Refusal {
  /** `PUT /api/folders/hl`. */
  readonly call: string;
  /** The address of the server. */
  readonly url: string;
  readonly status: number;
  /** Parsed where it was JSON, else the text. */
  readonly answer: unknown;
  /** Whether a page for a browser came back. */
  readonly isPage: boolean;
  /** Where a redirect leads. */
  readonly location: string;
  /** Milliseconds that `Retry-After` asks for. */
  readonly retryAfter: number | undefined;
  /** Whom it is about: `the token`. */
  readonly who: string;
}

/** What a refusal means, and what to do: statuses, `messageId`s and texts of 12.3. */
export const refusalOf = (refusal: Refusal): AuthError | RefusedError | UnreachableError => {
  const { status, url, call, location } = refusal;
  if (status === 401) return notKnown(refusal);
  if (status === 403) return notAllowed(refusal);
  if (status >= 300 && status < 400)
    return new UnreachableError(
      `${url} redirects (${status} on ${call})`,
      `to ${location}; nothing is sent there`,
      'set GRAFANA_URL to the address that it redirects to',
    );
  const { evidence, next } = explain(refusal);
  return new RefusedError(
    `grafana refused ${call} (${status})`,
    evidence,
    next,
    status,
    refusal.answer,
    refusal.retryAfter,
  );
};

const explain = (refusal: Refusal): { readonly evidence: string; readonly next: string } => {
  const { status, call, isPage } = refusal;
  const evidence = saidIn(refusal);
  switch (true) {
    case status === 404 && (isPage || isUnknownRoute(refusal.answer)):
      return {
        evidence: isPage ? 'a web page says that there is no such address' : 'there is no such address',
        next: `open GRAFANA_URL in a browser: it must be the address of Grafana itself, with the path below which it is served (/grafana)`,
      };
    case status === 413:
      return {
        evidence,
        next: 'raise the limit of the proxy before Grafana (nginx: client_max_body_size 16m); Grafana itself takes 16 MiB',
      };
    case status === 422:
      return {
        evidence: [evidence, ...causesOf(refusal.answer)].join('; '),
        next: 'npm run lint, or give another version of Grafana: it does not take an object of this form',
      };
    case status === 429:
      return {
        evidence,
        next: 'wait a while, then run the same command again: the server limits how often it is asked',
      };
    case status === 502 || status === 503 || status === 504:
      return {
        evidence,
        next: `wait until Grafana answers (curl ${refusal.url}/api/health), then run the same command again`,
      };
    case status === 409 && /\.(used|used-by-rule|referenced)$/.test(messageIdOf(refusal.answer) ?? ''):
      return {
        evidence: `it is used: ${usersIn(refusal.answer) ?? evidence}`,
        next: 'take it out there (Alerting > Notification policies, or the rule), then run the same command again',
      };
    case status === 409 && messageIdOf(refusal.answer) === 'alerting.provenanceMismatch':
      return { evidence, next: 'a file or another program owns it: remove it there, then run the same command again' };
    case status === 400 && evidence === 'bad request data':
      return {
        evidence: `${evidence} (Grafana says no more: a duration, a matcher or a time has a form that it does not take)`,
        next: 'npm run lint; the log of Grafana may name the field',
      };
    default:
      return {
        evidence,
        next:
          status >= 500
            ? 'see the log of Grafana for the reason, then run the same command again'
            : `see the log of Grafana for the reason (${call})`,
      };
  }
};

/** 401. A deleted token is the one that gets no `messageId`. */
const notKnown = (refusal: Refusal): AuthError => {
  const { who, call } = refusal;
  const id = messageIdOf(refusal.answer);
  const another = 'set GRAFANA_TOKEN to a token of a service account (Administration > Service accounts)';
  const [evidence, next] =
    id === 'api-key.invalid'
      ? [`it is not known there, or is an old API key`, another]
      : id === 'api-key.expired'
        ? ['it has expired', 'make a new token for the same service account, and set GRAFANA_TOKEN to it']
        : id === 'api-key.revoked'
          ? ['it was revoked', another]
          : id === 'api-key.organization-mismatch'
            ? [
                'it belongs to another organisation',
                "set GRAFANA_TOKEN to a token of the target's organisation, or correct `org` of the target",
              ]
            : id === 'password-auth.failed'
              ? [
                  'the user or the password is wrong, or there were five wrong tries in five minutes',
                  'correct GRAFANA_USER and GRAFANA_PASSWORD; after five wrong tries wait five minutes',
                ]
              : id === undefined && who === 'the token'
                ? ['it was deleted there, or its service account is disabled', another]
                : id === 'auth.unauthorized' && who !== 'the token'
                  ? ['credentials are needed, and such ones are switched off there or were not given', another]
                  : [saidIn(refusal), another];
  return new AuthError(`grafana refused ${who} (401 on ${call})`, evidence, next, refusal.status);
};

/** 403: a missing right, or an object that belongs to somebody else. */
const notAllowed = (refusal: Refusal): AuthError | RefusedError => {
  const { who, call, answer, status } = refusal;
  const what = `grafana refused ${who} (${status} on ${call})`;
  const id = messageIdOf(answer);
  const said = saidIn(refusal);
  if (id === 'alerting.notifications.invalidProvenance' || /read-only data source/i.test(said))
    return new RefusedError(
      `grafana refused ${call} (${status})`,
      said,
      'a file or another program owns it: change it there, or `npm run push -- --from-files` takes over what files made',
      status,
      answer,
    );
  if (/quota/i.test(said))
    return new RefusedError(
      `grafana refused ${call} (${status})`,
      said,
      'raise the quota in the configuration of Grafana ([quota])',
      status,
      answer,
    );
  if (/library elements in use/.test(said))
    return new RefusedError(
      `grafana refused ${call} (${status})`,
      said,
      'move these library panels first',
      status,
      answer,
    );
  const actions = /Permissions needed:\s*(.+?)\s*$/.exec(said)?.[1];
  if (actions !== undefined) {
    const first = /[a-z][\w.]*:[\w.]+/.exec(actions)?.[0] ?? actions;
    return new AuthError(
      what,
      `it lacks ${actions}`,
      `give its service account the role ${roleFor(first)}, which has that`,
      status,
    );
  }
  // An inner refusal loses its text on the way: `{}` of a save, a Status without a message of `/apis`.
  const isMute = !isObject(answer) || textAt(answer, 'message') === undefined;
  return new AuthError(
    what,
    isMute ? 'it has no right on that object, or on its folder' : said,
    'look at the permissions of the folder; what another user or token has just made is hidden from this one for a minute',
    status,
  );
};

/** What an answer says of itself. */
const saidIn = ({ answer, isPage }: Refusal): string => {
  if (isPage) return 'the answer is a web page';
  if (typeof answer === 'string') return shortened(answer) || 'no reason was given';
  const detail = textAt(objectAt(answer, 'extra'), 'Error');
  const said = [textAt(answer, 'message'), textAt(answer, 'error')].find((text) => text !== undefined && text !== '');
  return [said ?? 'no reason was given', ...(detail ? [shortened(detail)] : [])].join(': ');
};

/** What an answer says of who uses an object: mute timings do, contact points say it in their message (12.3). */
const usersIn = (answer: unknown): string | undefined => {
  const { UsedByRoutes: byRoutes, UsedByRules: byRules } = objectAt(answer, 'extra');
  const users = [
    ...(byRoutes === true ? ['a notification policy names it'] : []),
    ...(Array.isArray(byRules) && byRules.length > 0 ? [`alert rules name it (${byRules.join(', ')})`] : []),
  ];
  return users.length > 0 ? users.join(', ') : undefined;
};

const shortened = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
};

/** `api-key.expired`: Grafana's own name of a failure; `details.uid` in answers of `/apis`. */
export const messageIdOf = (answer: unknown): string | undefined =>
  textAt(answer, 'messageId') ?? textAt(objectAt(answer, 'details'), 'uid');

/** `spec.graphTooltip: …`, of a refused schema. */
const causesOf = (answer: unknown): readonly string[] => {
  const { causes } = objectAt(answer, 'details');
  if (!Array.isArray(causes)) return [];
  return causes
    .slice(0, 5)
    .map((cause: unknown) => [textAt(cause, 'field'), textAt(cause, 'message')].filter(Boolean).join(': '));
};

const isUnknownRoute = (answer: unknown): boolean =>
  (isObject(answer) && Object.keys(answer).length === 1 && answer['message'] === 'Not found') ||
  (typeof answer === 'string' && /404 page not found/i.test(answer));
