import { describe, expect, it } from 'vitest';
import { RefusedError, UnreachableError } from './errors';
import { mayPass, pauseBefore } from './retry';

const refused = (status: number, retryAfter?: number): RefusedError =>
  new RefusedError('', '', '', status, undefined, retryAfter);

describe('mayPass', () => {
  it.each([429, 502, 503, 504])('holds for %i', (status) => expect(mayPass(refused(status))).toBe(true));
  it.each([400, 401, 404, 409, 412, 500, 501])('does not for %i', (status) =>
    expect(mayPass(refused(status))).toBe(false),
  );
  it('tells a broken connection from a wrong certificate', () => {
    expect(mayPass(new UnreachableError('', '', '', 'broken'))).toBe(true);
    expect(mayPass(new UnreachableError('', '', ''))).toBe(false);
  });
});

describe('pauseBefore', () => {
  it('is a random part of a time that doubles, and ends', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => pauseBefore(attempt, refused(503), () => 1))).toEqual([
      500,
      1000,
      2000,
      4000,
      undefined,
    ]);
    expect(pauseBefore(3, refused(503), () => 0.25)).toBe(500);
  });

  it('is what the server asks for, unless that is too long', () => {
    expect(pauseBefore(1, refused(429, 7000), () => 0)).toBe(7000);
    expect(pauseBefore(1, refused(429, 3_600_000), () => 0)).toBeUndefined();
  });
});
