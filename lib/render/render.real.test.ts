import { describe } from 'vitest';
import { itIsTheSameInAnyOrder } from './testing/any-order';

describe('what is written', () => itIsTheSameInAnyOrder('everything', 5));
