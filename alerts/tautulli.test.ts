import tautulli from './tautulli';
import { tautulliVariants } from './tautulli.cases';
import { testVariants } from './testing/variants';

testVariants('tautulli', tautulli, tautulliVariants);
