import { until } from '../../../proof/until';
import type { Subject } from './run';
import type { Who } from './step';

/** Readies a real Grafana: one service account of each role with a token, one token that has run out, one that is deleted. */
export const realSubject = async (url: string, authorization: string): Promise<Subject> => {
  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(url + path, {
      method,
      headers: { Authorization: authorization, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const mark = Date.now().toString(36);
  const account = async (role: string, name = role): Promise<string> => {
    const { id } = await ask('POST', '/api/serviceaccounts', { name: `contract-${name}-${mark}`, role });
    return `/api/serviceaccounts/${String(id)}/tokens`;
  };
  const tokens: Partial<Record<Who, string>> = { 'unknown-token': `glsa_${'0'.repeat(32)}_00000000` };
  for (const role of ['Admin', 'Editor', 'Viewer', 'None'] as const)
    tokens[role] = String((await ask('POST', await account(role), { name: `${role}-${mark}` }))['key']);
  const other = await account('Viewer', 'gone');
  const expired = await ask('POST', other, { name: `expired-${mark}`, secondsToLive: 1 });
  const deleted = await ask('POST', other, { name: `deleted-${mark}` });
  await ask('DELETE', `${other}/${String(deleted['id'])}`);
  tokens['expired-token'] = String(expired['key']);
  tokens['deleted-token'] = String(deleted['key']);
  const isRefused = async (): Promise<boolean> => {
    const headers = { Authorization: `Bearer ${tokens['expired-token'] ?? ''}` };
    return (await fetch(`${url}/api/org`, { headers })).status === 401;
  };
  await until('a token that has run out', isRefused, { within: 20_000 });
  return {
    url,
    headersOf: (who) => {
      if (who === 'nobody') return {};
      if (who === 'root') return { Authorization: authorization };
      if (who === 'unknown-user')
        return { Authorization: `Basic ${Buffer.from('nobody-here:wrong').toString('base64')}` };
      return { Authorization: `Bearer ${tokens[who] ?? ''}` };
    },
  };
};
