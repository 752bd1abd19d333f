import { describe } from 'vitest';
import arr from './arr';
import { arrVariants } from './arr.cases';
import downloads from './downloads';
import { downloadsCases, sabnzbdCases } from './downloads.cases';
import { itHasCases, testVariants } from './testing/variants';

testVariants('arr', arr, arrVariants());

describe('of download clients', () => {
  itHasCases('variant-downloads.ts', downloads, downloadsCases);
  itHasCases('variant-arr-exportarr-v2.ts', downloads, sabnzbdCases);
});
