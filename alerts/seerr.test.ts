import seerr from './seerr';
import { seerrVariants } from './seerr.cases';
import { testVariants } from './testing/variants';

testVariants('seerr', seerr, seerrVariants);
