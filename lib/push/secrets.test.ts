import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareSecret, compareSecrets, fingerprint, fingerprintsOf, hidingSecrets, looksRandom } from './secrets';

const token = 'glsa_9fK2mQ7xTzL0vB4nRcY8wJ1hD6sA3eUo';

describe('looksRandom', () => {
  it.each([
    token,
    'd41d8cd98f00b204e980a998ecf8427e',
    '123456789:AAHfGk3lQ9zXw2Vt7Yb5Nc8Md1PsRj4LoE0u',
    `https://hooks.${'slack'}.example/services/T01AB2CD3/B04EF5GH6/x7Kq2Lm9Pz4Rt8Vw1Ys6Bn3C`,
    '3f2b8c1e-9d47-4a60-b5e2-7c8f01a9d364',
  ])('takes %s', (value) => expect(looksRandom(value)).toBe(true));

  it.each([
    'x7Kq2Lm9Pz4Rt8Vw1Ys',
    'correct-horse-battery-staple-2024',
    'correcthorsebatterystaple2024',
    'Password1Password2Password3',
    'P4ssw0rdP4ssw0rdP4ssw0rd',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '11111111112222222222',
    'https://ntfy.example.org/alerts-of-my-homelab',
    'somebody@example.org and a long sentence',
    '',
  ])('does not take %s', (value) => expect(looksRandom(value)).toBe(false));

  it('takes nearly every random text', () => {
    const texts = Array.from({ length: 500 }, (_, index) => randomBytes(24).toString(index % 2 ? 'hex' : 'base64'));
    expect(texts.filter(looksRandom).length).toBeGreaterThan(450);
  });
});

describe('fingerprint', () => {
  it('tells the same value from another, with a salt of its own each time', async () => {
    const known = await fingerprint(token);
    expect(known).not.toBe(await fingerprint(token));
    expect(known).not.toContain(token.slice(0, 8));
    expect(compareSecret(known, token)).toBe('same');
    expect(compareSecret(known, token.replace('9', '8'))).toBe('changed');
    expect(compareSecret(known, 'short')).toBe('changed');
  });

  it('keeps nothing of a value that can be guessed', async () => {
    expect(await fingerprint('hunter2')).toBe('none');
    expect(compareSecret('none', 'hunter2')).toBe('cannot tell');
  });

  it.each([undefined, '', 'scrypt', 'scrypt::', 'md5:AAAA:AAAA'])('cannot tell from %s', async (known) => {
    expect(compareSecret(known, token)).toBe('cannot tell');
  });
});

describe('compareSecrets', () => {
  const body = { settings: { url: { env: 'HOOK', before: 'https://x/' }, list: [{ env: 'PIN' }] } };
  const values: Record<string, string> = { HOOK: token, PIN: '1234' };

  it('names the variables of what changed and of what nobody can tell', async () => {
    const secrets = await fingerprintsOf(body, (name) => values[name] as string);
    expect(Object.keys(secrets)).toEqual(['settings.url', 'settings.list[0]']);
    const base = { kind: 'contact-point', key: 'c', hash: '', normal: undefined, secrets } as const;
    expect(compareSecrets(body, base, (name) => values[name] as string)).toEqual({
      changed: [],
      cannotTell: ['PIN'],
    });
    expect(compareSecrets(body, base, () => `${token}x`)).toEqual({ changed: ['HOOK'], cannotTell: ['PIN'] });
    expect(compareSecrets(body, undefined, () => token)).toEqual({ changed: [], cannotTell: ['HOOK', 'PIN'] });
  });
});

describe('hidingSecrets', () => {
  it('takes what it handed out from a text, in every spelling', () => {
    const { secret, hide } = hidingSecrets((name) => (name === 'A' ? 'a"b/c d' : 'pin'));
    expect(hide('a"b/c d')).toBe('a"b/c d');
    secret('A');
    secret('B');
    expect(hide('said a"b/c d, a\\"b/c d and a%22b%2Fc%20d, and pin')).toBe(
      'said [secret], [secret] and [secret], and pin',
    );
  });
});
