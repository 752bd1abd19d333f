/** What a homelab file, and boards and alerts beside it, are made with. */
export { defineHomelab } from './homelab/define';
export type { Homelab } from './homelab/homelab';
export { defineAlerts, type AlertGroup } from './alerts/define';
export { above, atLeast, atLevel, below, is, isNot } from './alerts/condition';
export { collapsed, defineDashboard, mark, pickMany, pickOne, section, type Dashboard } from './dashboards/dashboard';
export { keyed } from './panel-facts';
export { thresholds, type Levels } from './thresholds';
