import { describe, expect, it } from 'vitest';
import { RefusedError, UnreachableError } from '../../grafana/errors';
import type { NormalForms } from '../normal-form';
import { kinds, type ActualObject, type DesiredObject } from '../object';
import { MovedError } from '../store';
import { CheckedWrites } from './context';

const normalForms = Object.fromEntries(kinds.map((kind) => [kind, (body: unknown) => body])) as NormalForms;
const actual = (text: string): ActualObject => ({
  kind: 'template',
  key: 't',
  title: 't',
  body: { template: text },
  version: undefined,
  readOnly: undefined,
});
const wanted: DesiredObject = { kind: 'template', key: 't', title: 't', body: { template: 'ours' } };

/** A server with one object; each write meets the next of these faults. */
const stage = (
  there: string | undefined,
  ...faults: readonly ('lost' | 'done, then broken' | 'theirs' | 'permanent')[]
) => {
  const left = [...faults];
  let sent = 0;
  let now = there;
  const checked = new CheckedWrites({ pause: async (attempt) => attempt < 5 }, { normalForms });
  const read = async (): Promise<ActualObject | undefined> => (now === undefined ? undefined : actual(now));
  const send = async (): Promise<void> => {
    sent += 1;
    const fault = left.shift();
    if (fault === 'lost') throw new RefusedError('', '', '', 503, undefined);
    if (fault === 'permanent')
      throw new RefusedError('', '', '', 409, { messageId: 'alerting.notifications.contact-points.uidInUse' });
    now = fault === 'theirs' ? 'theirs' : 'ours';
    if (fault !== undefined) throw new UnreachableError('', '', '', 'broken');
  };
  return {
    write: (before: string | undefined) =>
      checked.write({ wanted, before: before === undefined ? undefined : actual(before), read, send }),
    now: () => now,
    sent: () => sent,
  };
};

describe('a write', () => {
  it('is read back', async () => {
    const server = stage('old');
    expect((await server.write('old')).body).toEqual({ template: 'ours' });
  });

  it('is refused before it is sent where a person was faster', async () => {
    const server = stage('theirs');
    await expect(server.write('old')).rejects.toBeInstanceOf(MovedError);
    await expect(server.write(undefined)).rejects.toBeInstanceOf(MovedError);
    expect([server.now(), server.sent()]).toEqual(['theirs', 0]);
  });

  it('is sent again where it did not arrive, and not where it did', async () => {
    const lost = stage('old', 'lost', 'lost');
    await lost.write('old');
    expect([lost.now(), lost.sent()]).toEqual(['ours', 3]);
    const arrived = stage(undefined, 'done, then broken');
    await arrived.write(undefined);
    expect([arrived.now(), arrived.sent()]).toEqual(['ours', 1]);
  });

  it('does not go over what a person wrote between two attempts', async () => {
    const server = stage('old', 'theirs');
    await expect(server.write('old')).rejects.toBeInstanceOf(MovedError);
    expect([server.now(), server.sent()]).toEqual(['theirs', 1]);
  });

  it('is not repeated where the refusal stays', async () => {
    const server = stage('old', 'permanent');
    await expect(server.write('old')).rejects.toMatchObject({ status: 409 });
    expect(server.sent()).toBe(1);
  });
});
