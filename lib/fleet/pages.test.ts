import { describe } from 'vitest';
import { usualExamples } from './testing/examples';
import { itIsWhatIsScraped } from './testing/pages-of-example';

describe.each(usualExamples)('the pages of %s', itIsWhatIsScraped);
