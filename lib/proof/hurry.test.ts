import { expect, it } from 'vitest';
import { hurry } from './hurry';

it('shortens waiting times and nothing else, and says which', () => {
  const { text, changes } = hurry(
    'groups:\n  - interval: 1m\n    rules:\n      - expr: rate(a[5m]) > 1\n        for: 3m\n        labels: { for: x }\n'.replace(
      '        labels: { for: x }\n',
      '',
    ),
    15,
  );
  expect(text).toBe('groups:\n  - interval: 4s\n    rules:\n      - expr: rate(a[5m]) > 1\n        for: 12s\n');
  expect(changes).toEqual(['interval: 1m -> 4s', 'for: 3m -> 12s']);
});

it('never comes to nothing', () => {
  expect(hurry('for: 10s', 15).text).toBe('for: 667ms\n');
  expect(hurry('for: 0s', 15).text).toBe('for: 1ms\n');
});
