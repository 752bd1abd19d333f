import { expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

test.each([
  '../boards/*.json',
  'own/../../*.json',
  '{own,..}/*.json',
  '/srv/boards/*.json',
  '~/boards/*.json',
  'C:\\boards\\*.json',
])('%s leaves the folder', (pattern) => {
  expect(complaints({ include: [pattern] })).toMatch(/^error: include\[0\]: .*outside|leaves/);
  expect(complaints({ include: [{ files: ['own/*.json', pattern] }] })).toMatch(/^error: include\[0\]\.files\[1\]: /);
});

test.each(['own/**/*.json', './own/a..b.json', 'rules/{a,b}*.yaml', '..own/x.json'])('%s stays in it', (pattern) => {
  expect(complaints({ include: [pattern] })).toBe('');
  expect(complaints({ include: [{ files: pattern, folder: 'From others', inputs: { DS_X: 'x' } }] })).toBe('');
});

test.each([
  ['', 'include[0]: empty pattern'],
  ['!own/x.json', 'include[0]: a pattern cannot leave files out'],
])('%j is no pattern', (pattern, text) => expect(complaints({ include: [pattern] })).toContain(text));

test('a folder that Grafana has itself, and one without a name', () => {
  expect(complaints({ include: [{ files: 'a.json', folder: 'General' }] })).toContain('include[0].folder: a title');
  expect(complaints({ include: [{ files: 'a.json', folder: ' ' }] })).toContain('include[0].folder: unusable name');
  expect(complaints({ include: [{ files: 'a.json', folder: 'General things' }] })).toBe('');
});

test('another value, an entry without files, a misspelt key', () => {
  expect(complaints({ include: [3] })).toContain('expected text or { files, folder, inputs }');
  expect(complaints({ include: [{ folder: 'A' }] })).toContain('include[0].files: missing');
  expect(complaints({ include: [{ files: 'a.json', foldr: 'A' }] })).toContain('write `folder:` instead of `foldr:`');
});
