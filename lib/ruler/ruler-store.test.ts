import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authenticationFromEnv } from '../server/authentication';
import type { RefusedError } from '../server/errors';
import { RulerClient } from './ruler-client';
import { rulerCases } from './testing/ruler-cases';
import { placeOf, startRulerStandIn, type RulerStandIn } from './testing/ruler-stand-in';

let standIn: RulerStandIn;
beforeAll(async () => {
  standIn = await startRulerStandIn();
});
afterAll(() => standIn.stop());
beforeEach(() => standIn.reset());

const client = (tenant: string | null = null): RulerClient =>
  new RulerClient(standIn.url, authenticationFromEnv('RULER', {}), tenant, { wait: async () => undefined });
const group = { name: 'hosts', rules: [{ alert: 'Down', expr: 'up == 0' }] };

describe('rule groups of the stand-in', () => rulerCases(() => ({ url: standIn.url, tenant: null, namespace: 'hl' })));

describe('a ruler', () => {
  it('is written to as the tenant', async () => {
    standIn.settings.multitenancy = true;
    await client('home').put('hl', group);
    expect([...standIn.groups.keys()]).toEqual([placeOf('home', 'hl', 'hosts')]);
    expect(await client('other').groups('hl')).toEqual([]);
  });

  it('that wants a tenant says so', async () => {
    standIn.settings.multitenancy = true;
    await expect(client().groups('hl')).rejects.toMatchObject({
      what: expect.stringContaining('without a tenant'),
      next: expect.stringContaining('`tenant`'),
    });
  });

  it('warns of credentials that go unencrypted to another machine only', () => {
    const warnings = (url: string, environment: Readonly<Record<string, string>>): readonly string[] =>
      new RulerClient(url, authenticationFromEnv('RULER', environment), 'home').warnings;
    const token = { RULER_TOKEN: 'planted' };
    expect(warnings('http://mimir:9009', token)).toEqual([expect.stringContaining('the token goes to http://mimir')]);
    expect(warnings('http://mimir:9009', token).join()).not.toContain('planted');
    expect(warnings('https://mimir', token)).toEqual([]);
    expect(warnings('http://127.0.0.1:9009', token)).toEqual([]);
    expect(warnings('http://mimir:9009', { RULER_TENANT: 'home' })).toEqual([]);
  });

  it('says nobody’s token back', async () => {
    standIn.settings.fault = () => ({ status: 500, text: 'no: Bearer planted-4Kx92' });
    const authentication = authenticationFromEnv('RULER', { RULER_TOKEN: 'planted-4Kx92' });
    const failure: unknown = await new RulerClient(standIn.url, authentication, null)
      .put('hl', group)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 500, evidence: expect.stringContaining('Bearer') });
    expect(JSON.stringify([failure, String(failure), (failure as RefusedError).format()])).not.toContain('planted');
  });

  it('that refuses the name of a tenant says so', async () => {
    standIn.settings.fault = () => ({ status: 401, text: "tenant ID 'a/b' contains unsupported character '/'\n" });
    await expect(client('a/b').groups('hl')).rejects.toMatchObject({
      what: expect.stringContaining('refused the tenant (401'),
      next: expect.stringContaining('`tenant`'),
    });
  });

  it('that wants credentials is not taken for one that wants a tenant', async () => {
    standIn.settings.fault = () => ({ status: 401, text: 'unauthorized' });
    await expect(client().groups('hl')).rejects.toMatchObject({ next: expect.stringContaining('RULER_TOKEN') });
  });

  it('that is a Grafana is told by its login', async () => {
    standIn.settings.fault = () => ({ status: 302, location: '/login?x=1' });
    await expect(client().groups('hl')).rejects.toMatchObject({ next: expect.stringContaining('a Grafana perhaps') });
    standIn.settings.fault = () => ({ status: 302, location: 'https://mimir.home.arpa/' });
    await expect(client().groups('hl')).rejects.toMatchObject({ next: 'give the address that it redirects to' });
  });

  it('whose API is off is no ruler without groups', async () => {
    standIn.settings.api = false;
    for (const asked of [client().groups('hl'), client().remove('hl', 'hosts')])
      await expect(asked).rejects.toMatchObject({
        evidence: expect.stringContaining('no such address'),
        next: expect.stringContaining('-ruler.enable-api'),
      });
  });

  it('of before, which says 404 of an empty namespace, has none', async () => {
    standIn.settings.fault = () => ({ status: 404, text: 'no rule groups found\n' });
    expect(await client().groups('hl')).toEqual([]);
  });

  it.each<[string, number, string, RegExp]>([
    ['its files are its own', 500, 'SetRuleGroup unsupported in rule local store', /ruler_storage/],
    [
      'the namespace is protected',
      403,
      'namespace is protected, no modification allowed',
      /ruler_protected_namespaces/,
    ],
    ['it has enough groups', 400, 'per-user rule groups limit (limit: 70 actual: 71) exceeded', /per_tenant/],
  ])('that refuses because %s says what to do', async (_, status, text, next) => {
    standIn.settings.fault = () => ({ status, text });
    await expect(client().put('hl', group)).rejects.toMatchObject({
      evidence: text,
      next: expect.stringMatching(next),
    });
  });

  it('that fails otherwise has its own log', async () => {
    standIn.settings.fault = () => ({ status: 500, text: 'disk full' });
    await expect(client().put('hl', group)).rejects.toMatchObject({ next: expect.stringContaining('its log') });
  });
});
