import { describe } from 'vitest';
import { otherExamples } from './testing/examples';
import { itHasTheMetricsOf } from './testing/fleet-of-example';
import { itIsWhatIsScraped } from './testing/pages-of-example';

describe.each(otherExamples)('the fleet of %s', itHasTheMetricsOf);
describe.each(otherExamples)('the pages of %s', itIsWhatIsScraped);
