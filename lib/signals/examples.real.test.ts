import { describe } from 'vitest';
import { itHasPromql, otherHomelabs } from './testing/signals-of-example';

describe.each(otherHomelabs)('every signal in %s', itHasPromql);
