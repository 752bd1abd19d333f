import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../lib/push/apply';
import { RefusedError, UnreachableError } from '../../lib/grafana/errors';
import { nextSteps } from './carry-out-plan';

const outcome = (title: string, rest: Pick<Outcome, 'result' | 'failure'>): Outcome => ({
  kind: 'dashboard',
  key: title,
  title,
  action: 'update',
  ...rest,
});
const refused = (next: string) => new RefusedError('grafana refused it', 'why', next, 400, undefined);

describe('the next steps after a push', () => {
  it('are said once for all that they mend', () => {
    expect(
      nextSteps([
        outcome('A', { result: 'failed', failure: refused('see the log') }),
        outcome('B', { result: 'failed', failure: refused('see the log') }),
        outcome('C', { result: 'failed', failure: refused('make room') }),
      ]),
    ).toBe('try, for A and 1 more: see the log\ntry, for C: make room\n');
  });

  it('show how to see what somebody changed meanwhile', () => {
    expect(nextSteps([outcome('A', { result: 'moved' }), outcome('B', { result: 'done' })])).toBe(
      'A was changed while this ran, and left; next: npm run push -- --plan shows what changed\n',
    );
  });

  it('are none where all is done, or nobody is there', () => {
    const gone = new UnreachableError('no Grafana answers', 'ECONNREFUSED', 'curl it', 'refused');
    expect(nextSteps([outcome('A', { result: 'done' }), outcome('B', { result: 'failed', failure: gone })])).toBe('');
  });
});
