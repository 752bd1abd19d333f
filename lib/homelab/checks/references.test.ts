import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

const mail = { kind: 'email', to: ['me@example.org'] };

describe('hosts', () => {
  test('of an app and of a service', () => {
    expect(complaints({ apps: [{ app: 'wiki', host: 'nsa' }] })).toBe(
      ["error: apps[0].host: unknown host, got 'nsa'", '  allowed: nas', "  try: write `host: 'nas'`"].join('\n'),
    );
    expect(complaints({ probes: { services: [{ name: 'a', url: 'http://a', host: 'router' }] } })).toBe(
      ["error: probes.services[0].host: unknown host, got 'router'", '  allowed: nas', '  try: add it to `hosts`'].join(
        '\n',
      ),
    );
    expect(complaints({ apps: [{ app: 'wiki', host: 'nas' }] })).toBe('');
  });

  test('nothing is called unknown while a name in the list itself is wrong', () => {
    expect(complaints({ hosts: [{ nam: 'pi' }], apps: [{ app: 'wiki', host: 'pi' }] })).not.toContain('unknown host');
  });
});

describe('receivers', () => {
  test('of a route', () => {
    expect(complaints({ alerting: { receivers: { mail, phone: mail }, routes: [{ to: 'mial' }] } })).toBe(
      [
        "error: alerting.routes[0].to: unknown receiver, got 'mial'",
        '  allowed: mail, phone',
        "  try: write `to: 'mail'`",
      ].join('\n'),
    );
    expect(complaints({ alerting: { routes: [{ to: 'mail' }] } })).toBe(
      [
        "error: alerting.routes[0].to: unknown receiver, got 'mail'",
        '  allowed: none yet',
        '  try: add it to `alerting.receivers`',
      ].join('\n'),
    );
  });

  test('by default', () => {
    expect(complaints({ alerting: { receivers: { mail }, defaultReceiver: 'email' } })).toContain(
      "error: alerting.defaultReceiver: unknown receiver, got 'email'\n  allowed: mail",
    );
  });

  test('one that is there but wrong is not also unknown', () => {
    const text = complaints({ alerting: { receivers: { mail: 'me@example.org' }, routes: [{ to: 'mail' }] } });
    expect(text).toMatch(/^error: alerting\.receivers\.mail: expected keys and values/);
    expect(text).not.toContain('unknown receiver');
  });

  test('known ones pass, whatever they are called', () => {
    const receivers = { mail, 'my phone': mail, constructor: mail };
    const routes = [{ to: 'my phone' }, { to: 'constructor' }];
    expect(complaints({ alerting: { receivers, routes, defaultReceiver: 'mail' } })).toBe('');
    expect(complaints({ alerting: { receivers: { mail }, routes: [{ to: 'toString' }] } })).toContain(
      'unknown receiver',
    );
  });
});

describe('data sources', () => {
  const source = (dataSource: string, dataSources?: object) =>
    complaints({ sources: { node_exporter: { dataSource } }, ...(dataSources && { dataSources }) });

  test('the default one needs no entry', () => {
    expect(source('prometheus')).toBe('');
    expect(source('promethues')).toBe(
      [
        "error: sources.node_exporter.dataSource: unknown data source, got 'promethues'",
        '  allowed: prometheus',
        "  try: write `dataSource: 'prometheus'`",
      ].join('\n'),
    );
  });

  test('one of another kind holds no metrics', () => {
    const dataSources = { loki: { kind: 'loki', uid: 'loki' }, mimir: { kind: 'prometheus', uid: 'mimir' } };
    expect(source('loki', dataSources)).toBe(
      [
        "error: sources.node_exporter.dataSource: data source of kind loki, which holds no metrics, got 'loki'",
        '  allowed: mimir',
      ].join('\n'),
    );
    expect(source('mimir', dataSources)).toBe('');
    expect(source('prometheus', dataSources)).toContain('unknown data source');
  });

  test('in owned mode each says where it is', () => {
    const dataSources = {
      prometheus: { kind: 'prometheus', uid: 'p', url: 'http://p:9090' },
      loki: { kind: 'loki', uid: 'l' },
    };
    expect(complaints({ grafana: { mode: 'owned' }, dataSources })).toBe(
      [
        'error: dataSources.loki.url: missing: in `owned` mode we write the data sources, and Grafana must know where each is',
        '  allowed: http://... or https://..., as Grafana reaches it',
        "  try: add `url: 'http://loki:3100'`, or use `grafana: { mode: 'existing' }`",
      ].join('\n'),
    );
    expect(complaints({ grafana: { mode: 'existing' }, dataSources })).toBe('');
    expect(complaints({ grafana: { mode: 'owned' } })).toBe('');
  });
});
