import { normalContactPoint } from './contact-point';
import { normalDashboard } from './dashboard';
import { normalDataSource } from './data-source';
import { normalFolder } from './folder';
import { normalMuteTiming } from './mute-timing';
import type { NormalForms } from './normal-form';
import { normalPolicy } from './policy';
import { normalRuleGroup } from './rule-group';
import { normalTemplate } from './template';

export { hashOf } from './hash';
export type { NormalForm, NormalForms } from './normal-form';

/** The form of each kind in which wanted, present and last pushed objects are compared. */
export const normalForms: NormalForms = {
  folder: normalFolder,
  'data-source': normalDataSource,
  dashboard: normalDashboard,
  template: normalTemplate,
  'mute-timing': normalMuteTiming,
  'contact-point': normalContactPoint,
  policy: normalPolicy,
  'rule-group': normalRuleGroup,
};
