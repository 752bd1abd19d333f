import { appIncidents } from './apps';
import { hostIncidents } from './hosts';
import type { Incident } from './incident';
import { mediaIncidents } from './media';
import { monitoringIncidents } from './monitoring';
import { networkIncidents } from './network';
import { updateIncidents } from './updates';

export type { Incident } from './incident';

/** Every incident that a fleet knows; which of them can happen depends on the homelab. */
export const incidents: readonly Incident[] = [
  ...hostIncidents,
  ...mediaIncidents,
  ...appIncidents,
  ...networkIncidents,
  ...monitoringIncidents,
  ...updateIncidents,
];
