import type { Json } from '../../../grafana-json/json';
import { copy } from './exchange';
import type { Dashboard, DataSource, Folder, Integration, MuteTiming, Rule, State, Template } from './state';

/** Everything stored, by what names it; a copy that nobody changes. */
export interface Snapshot {
  readonly folders: Readonly<Record<string, Folder>>;
  readonly dashboards: Readonly<Record<string, Dashboard>>;
  readonly rules: Readonly<Record<string, Rule>>;
  /** By uid; the first one of all has the empty one. */
  readonly contactPoints: Readonly<Record<string, Integration>>;
  readonly policies: Json;
  readonly muteTimings: Readonly<Record<string, MuteTiming>>;
  readonly templates: Readonly<Record<string, Template>>;
  readonly dataSources: Readonly<Record<string, DataSource>>;
}

export const snapshotOf = ({ world }: State): Snapshot => {
  const by = <Item>(items: Iterable<Item>, key: (item: Item) => string): Readonly<Record<string, Item>> =>
    Object.fromEntries([...items].map((item) => [key(item), copy(item)]));
  const { alertmanager } = world;
  return {
    folders: by(world.folders.values(), ({ uid }) => uid),
    dashboards: by(world.dashboards.values(), ({ uid }) => uid),
    rules: by(world.rules, ({ uid }) => uid),
    contactPoints: by(
      alertmanager.receivers.flatMap(({ integrations }) => integrations),
      ({ uid }) => uid,
    ),
    policies: copy(alertmanager.route),
    muteTimings: by(alertmanager.muteTimings, ({ name }) => name),
    templates: by(alertmanager.templates, ({ name }) => name),
    dataSources: by(world.dataSources.values(), ({ uid }) => uid),
  };
};
