import { expect, test } from 'vitest';
import { formatHostAndPort, isInternal, parseHostAndPort } from './addresses';

test.each([
  '192.168.1.1',
  '10.0.0.1',
  '172.20.0.1',
  '127.0.0.1',
  'fd00::1',
  'nas',
  'nas.lan',
  'x.home.arpa',
  '100.64.0.1',
])('%s is in the house', (address) => expect(isInternal(address)).toBe(true));

test.each(['1.1.1.1', '2606:4700:4700::1111', 'example.org', 'lan.example.org'])('%s is not', (address) =>
  expect(isInternal(address)).toBe(false),
);

test.each([
  ['nas:9100', { address: 'nas', port: 9100 }],
  ['[fd00::1]:9100', { address: 'fd00::1', port: 9100 }],
  ['fd00::1', undefined],
  ['nas', undefined],
  ['nas:', undefined],
  ['nas:0', undefined],
])('%s', (text, parts) => {
  expect(parseHostAndPort(text)).toEqual(parts);
  if (parts) expect(formatHostAndPort(parts.address, parts.port)).toBe(text);
});
