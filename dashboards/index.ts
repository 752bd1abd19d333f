import type { Dashboard } from '../lib/dashboards/dashboard';
import certificates from './certificates';
import home from './home';
import hostFleet from './host-fleet';
import hostUse from './host-use';
import internet from './internet';
import network from './network';
import prometheus from './prometheus';

/** Every board there is; a homelab file chooses among them. */
export const dashboards: readonly Dashboard[] = [
  // One name a line.
  home,
  hostFleet,
  hostUse,
  network,
  internet,
  certificates,
  prometheus,
];
