import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGrafanaStandIn, type GrafanaStandIn } from '../push/testing/grafana';
import { authenticationFromEnv } from '../server/authentication';
import { GrafanaClient } from './client';
import { AuthError } from './errors';
import { readServerInfo, refuseVersion } from './server-info';

let standIn: GrafanaStandIn;
beforeAll(async () => {
  standIn = await startGrafanaStandIn();
});
afterAll(() => standIn.stop());
beforeEach(() => standIn.reset());

const client = (token: string = standIn.tokens.Admin): GrafanaClient =>
  new GrafanaClient(standIn.url, authenticationFromEnv('GRAFANA', { GRAFANA_TOKEN: token }), {
    wait: () => Promise.resolve(),
  });

describe('what a Grafana is', () => {
  it('is asked in six requests', async () => {
    const info = await readServerInfo(client());
    expect(standIn.requests).toHaveLength(6);
    expect(info).toEqual({
      version: '12.3.0',
      edition: 'Open Source',
      org: { id: 1, name: 'Main Org.' },
      namespace: 'default',
      dashboards: { read: 'v0alpha1', write: 'v1beta1' },
      folders: 'v1beta1',
      permissions: expect.any(Map),
    });
    expect(info.permissions?.get('dashboards:write')).toEqual(['folders:*']);
  });

  it('has no /apis before 12', async () => {
    Object.assign(standIn.settings, { version: '10.4.0', apis: false });
    expect(await readServerInfo(client())).toMatchObject({
      version: '10.4.0',
      dashboards: undefined,
      folders: undefined,
    });
  });

  it('is told where the health page hides its version', async () => {
    standIn.settings.hideVersion = true;
    expect((await readServerInfo(client())).version).toBe('12.3.0');
  });

  it('may have a version that nobody is told', async () => {
    Object.assign(standIn.settings, { hideVersion: true, version: '' });
    expect((await readServerInfo(client())).version).toBeUndefined();
  });

  it('is the organisation that was asked for, by its namespace', async () => {
    const info = await readServerInfo(client(), 7);
    expect([info.org.id, info.namespace]).toEqual([7, 'org-7']);
  });

  it('is told to a token without a role, but for its organisation', async () => {
    const info = await readServerInfo(client(standIn.tokens.None));
    expect([info.org, info.permissions?.size]).toEqual([{ id: 1, name: undefined }, 0]);
  });

  it('is told to nobody whom it does not know, at the first request', async () => {
    const asked = readServerInfo(client('glsa_wrong'));
    await expect(asked).rejects.toBeInstanceOf(AuthError);
    await expect(asked).rejects.toMatchObject({ status: 401, exitCode: 3 });
    expect(standIn.requests).toHaveLength(1);
  });

  it('is not guessed where the server fails', async () => {
    standIn.faults.byChance({
      seed: 1,
      chance: 1,
      faults: [{ kind: 'status', status: 500, when: 'before' }],
      only: ({ path }) => path === '/apis',
    });
    await expect(readServerInfo(client())).rejects.toThrow('GET /apis');
  });
});

describe('versions', () => {
  const said = (version: string | undefined): string | undefined => {
    try {
      refuseVersion(version, 'http://nas:3000');
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each(['10.4.0', '10.4.19+security-01', '11.6.1', '12.3.0', '13.9.9', 'v12.0.0-pre', undefined, 'nightly'])(
    '%s may be written to',
    (version) => expect(said(version)).toBeUndefined(),
  );

  it.each([
    ['10.3.12', 'older than 10.4'],
    ['9.5.21', 'older than 10.4'],
    ['14.0.0', 'newer than 13'],
  ])('%s is refused', (version, why) => {
    expect(said(version)).toContain(`a push does not know Grafana ${version}`);
    expect(said(version)).toContain(why);
  });
});
