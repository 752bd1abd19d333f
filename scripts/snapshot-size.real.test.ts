import { it } from 'vitest';
import { anotherTokenChangesFewLines, tokenNames } from './testing/another-token';

it.each(tokenNames)('another value of the token %s %s changes at most 5 lines to read', anotherTokenChangesFewLines);
