import type { GrafanaClient } from '../../grafana/client';
import type { ServerInfo } from '../../grafana/server-info';
import type { Kind } from '../object';
import type { Store } from '../store';
import { ContactPointStore } from './contact-point';
import { StoreContext, type StoreOptions } from './context';
import { DashboardStore } from './dashboard';
import { DataSourceStore } from './data-source';
import { FolderStore } from './folder';
import { MuteTimingStore } from './mute-timing';
import { PolicyStore } from './policy';
import { RuleGroupStore } from './rule-group';
import { TemplateStore } from './template';

export type { StoreOptions } from './context';

/** A store for each kind of object of one Grafana; together they write no more at once than it can bear. */
export const storesFor = (
  client: GrafanaClient,
  info: ServerInfo,
  options: StoreOptions,
): Readonly<Record<Kind, Store>> => {
  const context = new StoreContext(client, info, options);
  return {
    folder: new FolderStore(context),
    'data-source': new DataSourceStore(context),
    dashboard: new DashboardStore(context),
    template: new TemplateStore(context),
    'mute-timing': new MuteTimingStore(context),
    'contact-point': new ContactPointStore(context),
    policy: new PolicyStore(context),
    'rule-group': new RuleGroupStore(context),
  };
};
