import { describe, it } from 'vitest';
import { explainMissing, missingPrograms, type ProgramName } from '../programs';

/**
 * Tests that run real programs. Without them they are left out, by name and with the command that installs them; in CI that is a
 * failure, because there a test that is left out looks like one that passes.
 *
 * @example withPrograms(['promtool'], 'accepts our rules', () => { … });
 */
export const withPrograms = (
  names: readonly ProgramName[],
  title: string,
  test: () => void | Promise<void>,
  timeout?: number,
): void => {
  if (!leftOut(title, missingPrograms(names).length > 0 && explainMissing(missingPrograms(names))))
    it(title, test, timeout);
};

/** A group of tests that run real programs, with what starts and stops them. */
export const describeWithPrograms = (names: readonly ProgramName[], title: string, tests: () => void): void => {
  if (!leftOut(title, missingPrograms(names).length > 0 && explainMissing(missingPrograms(names))))
    describe(title, tests);
};

/**
 * A group of tests with something of the reader's own, named by one of these environment variables. It is nobody's duty to have it,
 * so CI leaves them out, too.
 */
export const describeWithVariable = (
  variables: readonly string[],
  what: string,
  title: string,
  tests: () => void,
): void => {
  if (variables.some((variable) => process.env[variable])) describe(title, tests);
  else announce(title, `needs ${variables.join(' or ')}: ${what}`);
};

const leftOut = (title: string, reason: string | false): boolean => {
  if (reason === false) return false;
  if (process.env['CI'] === 'true') {
    it(title, () => {
      throw new Error(`left out in CI: ${title} ${reason}`);
    });
  } else announce(title, reason);
  return true;
};

/** Printed as well, because the default reporter names no test that is skipped. */
const announce = (title: string, reason: string): void => {
  it.skip(`${title} [left out: ${reason}]`, () => undefined);
  console.warn(`left out: ${title} (${reason})`);
};
