import { join } from 'node:path';
import { readHomelab } from '../../lib/homelab/read';
import { resolveHomelab } from '../../lib/homelab/resolve';
import { render, type Content } from '../../lib/render/render';
import { outlineFiles, reviewOf, type SnapshotFile } from '../../lib/review/review';
import { contentFor } from '../content';
import { houseOf } from '../snapshots';

const file = join(__dirname, '..', '..', 'examples', 'homelabs', 'typical.ts');
const homelab = resolveHomelab(readHomelab(file));

/** What the example that is written out is rendered from. */
export const typicalContent = contentFor(file);

/** What a reviewer reads of it. */
export const outlines = (of: Content = typicalContent): readonly SnapshotFile[] => {
  const rendered = render(homelab, of);
  const house = houseOf({ file, example: false, homelab, rendered });
  return [{ path: 'house.md', text: house }, ...outlineFiles(reviewOf(rendered))];
};
