import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { NormalForms } from '../push/normal-form';
import { kinds, type DesiredObject } from '../push/object';
import { MovedError } from '../push/store';
import { authenticationFromEnv } from '../server/authentication';
import { RulerClient } from './ruler-client';
import { RulerStore } from './ruler-store';

const normalForms = Object.fromEntries(kinds.map((kind) => [kind, (body: unknown) => body])) as NormalForms;

/** As Mimir says it: YAML, 202 for writes, 404 with a text. */
let server: Server;
let url: string;
let groups: Map<string, string>;
let tenants: Set<string>;

beforeEach(async () => {
  groups = new Map();
  tenants = new Set();
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += String(part)));
    request.on('end', () => {
      tenants.add(String(request.headers['x-scope-orgid']));
      const [, namespace = '', name] =
        /^\/prometheus\/config\/v1\/rules\/([^/]+)(?:\/([^/]+))?$/
          .exec(request.url ?? '')
          ?.map((each) => (each === undefined ? each : decodeURIComponent(each))) ?? [];
      const answer = (status: number, body = ''): void => void response.writeHead(status).end(body);
      if (namespace === '') return answer(404, '404 page not found');
      const key = (group: string): string => `${namespace}/${group}`;
      if (request.method === 'POST') {
        groups.set(key((parse(text) as { name: string }).name), text);
        return answer(202);
      }
      if (name !== undefined && !groups.has(key(name))) return answer(404, 'group does not exist\n');
      if (request.method === 'DELETE') return answer(groups.delete(key(name ?? '')) ? 202 : 404);
      if (name !== undefined) return answer(200, groups.get(key(name)));
      const all = [...groups]
        .filter(([each]) => each.startsWith(`${namespace}/`))
        .map(([, each]) => parse(each) as unknown);
      return all.length === 0
        ? answer(404, 'no rule groups found\n')
        : answer(200, JSON.stringify({ [namespace]: all }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

const storeAt = (address: string): RulerStore =>
  new RulerStore(new RulerClient(address, authenticationFromEnv('RULER', {}), 'home'), { normalForms });

const group = (expr: string): DesiredObject => ({
  kind: 'rule-group',
  key: 'hl/my group',
  title: 'my group',
  body: { name: 'my group', interval: '1m', rules: [{ alert: 'Down', expr, for: '5m' }] },
});

describe('rule groups of a ruler', () => {
  it('are made, found, changed and removed, as the tenant', async () => {
    const store = storeAt(url);
    expect((await store.readAll(['hl/my group'])).size).toBe(0);
    const made = await store.write(group('up == 0'), undefined);
    expect((await store.readAll(['hl/my group'])).get('hl/my group')).toEqual(made);
    const changed = await store.write(group('up < 1'), made);
    expect(changed.body).toEqual(group('up < 1').body);
    await store.remove(changed);
    expect(await store.read('hl/my group')).toBeUndefined();
    await store.remove(changed);
    expect([...tenants]).toEqual(['home']);
  });

  it("are never written or removed over a person's change", async () => {
    const store = storeAt(url);
    const made = await store.write(group('up == 0'), undefined);
    groups.set('hl/my group', JSON.stringify({ ...group('up == 2').body }));
    await expect(store.write(group('up < 1'), made)).rejects.toBeInstanceOf(MovedError);
    await expect(store.remove(made)).rejects.toBeInstanceOf(MovedError);
    expect(groups.get('hl/my group')).toContain('up == 2');
  });

  it('are not thought absent where no ruler answers', async () => {
    await expect(storeAt(`${url}/wrong`).readAll(['hl/my group'])).rejects.toMatchObject({
      next: expect.stringContaining('without /prometheus behind it'),
    });
  });
});
