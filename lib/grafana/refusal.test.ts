import { describe, expect, it } from 'vitest';
import { refusalOf, type Refusal } from './refusal';

const refusal = (status: number, answer: unknown, rest: Partial<Refusal> = {}): string =>
  refusalOf({
    call: 'PUT /api/x',
    url: 'http://grafana',
    status,
    answer,
    isPage: false,
    location: 'elsewhere',
    retryAfter: undefined,
    who: 'the token',
    ...rest,
  }).format();

describe('refusalOf', () => {
  it.each([
    [401, { messageId: 'api-key.invalid' }, /not known there/],
    [401, { messageId: 'api-key.expired' }, /has expired/],
    [401, { messageId: 'api-key.revoked' }, /was revoked/],
    [401, { messageId: 'api-key.organization-mismatch' }, /another organisation/],
    [401, { message: 'Unauthorized', traceID: '' }, /was deleted there/],
    [403, { message: 'Permissions needed: datasources:create' }, /lacks datasources:create\n.*role Admin/],
    [403, { message: 'Permissions needed: dashboards:write' }, /lacks dashboards:write\n.*role Editor/],
    [403, {}, /no right on that object, or on its folder/],
    [
      403,
      { kind: 'Status', code: 403 },
      /no right on that object, or on its folder\n.*hidden from this one for a minute/,
    ],
    [404, { message: 'Not found' }, /no such address\n.*GRAFANA_URL/],
    [404, { message: 'Dashboard not found' }, /Dashboard not found/],
    [413, { message: 'too large' }, /client_max_body_size/],
    [
      422,
      { message: 'invalid', details: { causes: [{ field: 'spec.graphTooltip', message: 'conflict' }] } },
      /invalid; spec.graphTooltip: conflict/,
    ],
    [409, { messageId: 'alerting.provenanceMismatch', message: 'no' }, /a file or another program owns it/],
    [
      409,
      { messageId: 'alerting.notifications.time-intervals.used', message: 'Conflict', extra: { UsedByRoutes: true } },
      /it is used: a notification policy names it\n.*Notification policies/,
    ],
    [
      409,
      { messageId: 'alerting.notifications.time-intervals.used', message: 'Conflict', extra: { UsedByRules: ['r1'] } },
      /it is used: alert rules name it \(r1\)/,
    ],
    [
      409,
      {
        messageId: 'alerting.notifications.contact-points.referenced',
        message: 'Contact point is currently referenced.',
      },
      /it is used: Contact point is currently referenced\./,
    ],
    [400, { message: 'bad request data' }, /Grafana says no more/],
    [503, 'upstream', /api\/health/],
  ])('says what %i %o means', (status, answer, text) => {
    expect(refusal(status, answer)).toMatch(text);
  });

  it('tells a web page from an object that is not there', () => {
    expect(refusal(404, '<html>', { isPage: true })).toMatch(/a web page says that there is no such address/);
  });

  it('ends with 3 for rights, and with 2 for the rest', () => {
    const code = (status: number): number =>
      refusalOf({
        call: '',
        url: '',
        status,
        answer: {},
        isPage: false,
        location: '',
        retryAfter: undefined,
        who: 'the token',
      }).exitCode;
    expect([401, 403, 404, 422, 500].map(code)).toEqual([3, 3, 2, 2, 2]);
  });
});
