import { accessCases } from './contract/access-cases';
import { dashboardCases, dashboardResourceCases } from './contract/dashboard-cases';
import { folderCases } from './contract/folder-cases';
import {
  contactPointCases,
  dataSourceCases,
  muteTimingCases,
  policyCases,
  templateCases,
} from './contract/notification-cases';
import { ruleCases } from './contract/rule-cases';
import type { ContractCase } from './contract/step';

/** What Grafana answers, by kind: run against the stand-in and against a real one, so that the two cannot drift apart. */
export const contract: Readonly<Record<string, readonly ContractCase[]>> = {
  access: accessCases,
  folders: folderCases,
  dashboards: dashboardCases,
  'dashboards through /apis': dashboardResourceCases,
  'alert rules': ruleCases,
  'contact points': contactPointCases,
  policies: policyCases,
  'mute timings': muteTimingCases,
  templates: templateCases,
  'data sources': dataSourceCases,
};
