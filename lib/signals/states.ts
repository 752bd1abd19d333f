import type { ValueNames } from './signal';

/** What 0 and 1 mean wherever something is there or not. */
export const upOrDown: ValueNames = { 0: { text: 'Down', state: 'critical' }, 1: { text: 'Up', state: 'ok' } };
