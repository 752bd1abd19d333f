import type { Dashboard } from '../lib/dashboards/dashboard';
import hostUse from './host-use';
import prometheus from './prometheus';

/** Every board there is; a homelab file chooses among them. */
export const dashboards: readonly Dashboard[] = [hostUse, prometheus];
