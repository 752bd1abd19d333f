import jellyfin from './jellyfin';
import { jellyfinVariants } from './jellyfin.cases';
import { testVariants } from './testing/variants';

testVariants('jellyfin', jellyfin, jellyfinVariants());
