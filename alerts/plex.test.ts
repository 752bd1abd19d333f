import plex from './plex';
import { plexVariants } from './plex.cases';
import { testVariants } from './testing/variants';

testVariants('plex', plex, plexVariants);
