import { describe, expect, it } from 'vitest';
import {
  anotherValue,
  hiddenAsIn,
  lacksSecrets,
  putSecretsIn,
  redacted,
  referencesIn,
  takeSecretsOut,
  withReferences,
  withReferencesOnly,
  withoutReferences,
} from './secret-values';

const wanted = { settings: { url: { env: 'URL' }, topic: { env: 'TOPIC', before: 'topic:' }, method: 'POST' } };
const environment: Readonly<Record<string, string>> = { URL: 'http://hook/s3cret', TOPIC: 'mine' };
const known = { secretValue: (name: string) => environment[name] };
const sent = putSecretsIn(wanted, (name) => environment[name] ?? '');

describe('secrets of a body', () => {
  it('are put in, and taken out of what comes back', () => {
    expect(sent).toEqual({ settings: { url: 'http://hook/s3cret', topic: 'topic:mine', method: 'POST' } });
    expect(takeSecretsOut(sent, wanted, known)).toEqual(wanted);
  });

  it('are never shown where another value is there', () => {
    const theirs = { settings: { url: 'http://hook/old', topic: redacted, method: 'PUT' } };
    expect(takeSecretsOut(theirs, wanted, known)).toEqual({
      settings: { url: anotherValue, topic: redacted, method: 'PUT' },
    });
    const cannotTell = { secretValue: () => undefined };
    expect(takeSecretsOut(theirs, wanted, cannotTell)).toEqual({
      settings: { url: redacted, topic: redacted, method: 'PUT' },
    });
    expect(takeSecretsOut(theirs, wanted, { ...cannotTell, wasSent: () => false })).toEqual({
      settings: { url: anotherValue, topic: redacted, method: 'PUT' },
    });
    const wasSent = (path: string, value: string): boolean => path === 'settings.url' && value === 'http://hook/old';
    expect(takeSecretsOut(theirs, wanted, { ...known, wasSent })).toEqual({
      settings: { url: redacted, topic: redacted, method: 'PUT' },
    });
  });

  it('stay hidden in what is read later, and nothing else does', () => {
    const before = { settings: { url: anotherValue, method: 'POST', list: [{ key: redacted }] } };
    const now = {
      settings: { url: 'http://hook/new', method: 'PUT', list: [{ key: 's3cret' }, { key: 'b' }], more: 1 },
    };
    expect(hiddenAsIn(before, now)).toEqual({
      settings: { url: anotherValue, method: 'PUT', list: [{ key: redacted }, { key: 'b' }], more: 1 },
    });
  });

  it('are known by where they are, also in lists, and what only looks like one is none', () => {
    expect(referencesIn(wanted)).toEqual([
      { steps: ['settings', 'url'], path: 'settings.url', name: 'URL', before: '' },
      { steps: ['settings', 'topic'], path: 'settings.topic', name: 'TOPIC', before: 'topic:' },
    ]);
    expect(referencesIn({ list: ['a', { env: 'B' }] }).map(({ path }) => path)).toEqual(['list[1]']);
    expect(referencesIn({ env: 'production', region: 'eu' })).toEqual([]);
    const wasSent = (path: string, value: string): boolean => path === 'list[0]' && value === 'old';
    expect(takeSecretsOut({ list: ['old'] }, { list: [{ env: 'URL' }] }, { ...known, wasSent })).toEqual({
      list: [redacted],
    });
  });

  it('are compared as hidden ones', () => {
    expect(withoutReferences(wanted)).toEqual({ settings: { url: redacted, topic: redacted, method: 'POST' } });
  });

  it('become references again where they are hidden or the same, and nothing else does', () => {
    const shown = { settings: { url: redacted, topic: 'topic:mine', method: 'PUT' } };
    expect(withReferences(shown, [wanted, undefined], known.secretValue)).toEqual({
      settings: { ...wanted.settings, method: 'PUT' },
    });
    const theirs = { settings: { url: 'http://hook/other', topic: 'mine' } };
    expect(withReferences(theirs, [wanted], known.secretValue)).toEqual(theirs);
    expect(withReferences({ settings: { url: '' } }, [wanted], () => undefined)).toEqual({ settings: { url: '' } });
  });

  it('become references whatever they are where they are to be kept', () => {
    expect(withReferencesOnly({ settings: { url: 'http://hook/other' } }, [wanted])).toEqual({
      settings: { url: { env: 'URL' } },
    });
  });

  it('are missed where nobody knows them', () => {
    expect(lacksSecrets({ settings: { url: redacted } })).toBe(true);
    expect(lacksSecrets(wanted)).toBe(false);
  });
});
