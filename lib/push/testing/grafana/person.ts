import type { Json } from '../../../grafana-json/json';
import { groupOf, ruleOf, writeGroup } from './alert-rules';
import { browserSave } from './browser-save';
import { integrationOf } from './contact-points';
import { storeDashboard } from './dashboards';
import { copy } from './exchange';
import { childrenOf } from './folders';
import { migrate } from './migration';
import { normalIntervals } from './mute-timings';
import { normalRoute } from './policies';
import { decodeRule, storedBody } from './rule-bodies';
import {
  newId,
  stamp,
  type AlertmanagerDocument,
  type Dashboard,
  type Provenance,
  type Rule,
  type State,
} from './state';
import { normalTemplate } from './templates';

type Change = (before: Json) => Json;

/** What other people do in a browser. Each throws where the UI would not let them: nothing there, or provisioned. */
export interface Person {
  /** Contract 8.10: a save with what the browser adds, strips and moves. `rendered`: which panels it drew; all unless told. */
  editsDashboard(uid: string, change: Change, rendered?: (panel: Json) => boolean): void;
  /** A save without an edit: a version of pure noise. */
  savesDashboard(uid: string): void;
  /** Settings > JSON Model: unknown keys survive. */
  editsDashboardJson(uid: string, change: Change): void;
  createsDashboard(uid: string, spec: Json, folderUid?: string): void;
  movesDashboard(uid: string, folderUid: string): void;
  deletesDashboard(uid: string): void;
  createsFolder(uid: string, title: string, parentUid?: string): void;
  renamesFolder(uid: string, title: string): void;
  movesFolder(uid: string, parentUid: string): void;
  /** With all that is in it. */
  deletesFolder(uid: string): void;
  /** Contract 8.10: only the edited field changes; the versions of the whole group rise. */
  editsRule(uid: string, change: Change): void;
  createsRule(folderUid: string, group: string, rule: Json): void;
  deletesRule(uid: string): void;
  /** `change` gets and gives `settings`, without secrets. */
  editsContactPoint(uid: string, change: Change): void;
  createsContactPoint(uid: string, name: string, type: string, settings: Json): void;
  deletesContactPoint(uid: string): void;
  /** `change` gets and gives the whole tree. */
  editsPolicies(change: Change): void;
  /** `change` gets and gives `{time_intervals}`. Contract 8.10: `monday:friday` becomes five names. */
  editsMuteTiming(name: string, change: Change): void;
  createsMuteTiming(name: string, intervals: readonly Json[]): void;
  deletesMuteTiming(name: string): void;
  editsTemplate(name: string, text: string): void;
  createsTemplate(name: string, text: string): void;
  deletesTemplate(name: string): void;
  /** `change` gets and gives `{name, type, access, url, isDefault, jsonData}`. */
  editsDataSource(uid: string, change: Change): void;
  createsDataSource(uid: string, name: string, type: string, url: string): void;
  deletesDataSource(uid: string): void;
}

const somebody = { name: 'somebody' } as const;

/** What is there under a name, or an error of the test. */
const there = <Item>(item: Item | undefined, what: string): Item => {
  if (item === undefined) throw new Error(`${what} is not there`);
  return item;
};

const editable = (provenance: Provenance, what: string): void => {
  if (provenance !== '') throw new Error(`${what} is provisioned (${provenance}): nobody can edit it in the browser`);
};

export const personOf = (state: State): Person => {
  const dashboardOf = (uid: string): Dashboard => there(state.world.dashboards.get(uid), `dashboard ${uid}`);
  const save = (dashboard: Dashboard, spec: Json, folderUid = dashboard.folderUid): void => {
    storeDashboard(state, {
      uid: dashboard.uid,
      folderUid,
      spec,
      message: '',
      caller: somebody,
      api: 'v1beta1',
      defaultPermissions: true,
    });
  };
  const editsDashboard: Person['editsDashboard'] = (uid, change, rendered) => {
    const dashboard = dashboardOf(uid);
    if (dashboard.file && !dashboard.file.allowUiUpdates) throw new Error(`dashboard ${uid} is provisioned`);
    // The browser gets the dashboard migrated, saves what it made of it, and that is migrated again.
    const loaded = browserSave(copy(dashboard.spec), state, rendered);
    save(dashboard, browserSave(change(loaded), state, rendered));
  };
  const edit = (change: (document: AlertmanagerDocument) => Partial<AlertmanagerDocument>): void => {
    state.world.alertmanager = { ...state.world.alertmanager, ...change(copy(state.world.alertmanager)) };
    stamp(state);
  };
  const ruleAt = (uid: string): Rule => there(ruleOf(state, uid), `rule ${uid}`);
  const rewrite = (
    folder: string,
    name: string,
    change: (group: readonly Rule[]) => readonly { readonly uid: string; readonly body: Json }[],
  ): void => {
    const before = groupOf(state, folder, name);
    for (const { provenance, uid } of before) editable(provenance, `rule ${uid}`);
    const after = change(before);
    writeGroup(state, {
      folder,
      name,
      seconds: before[0]?.interval ?? 60,
      uids: after.map(({ uid }) => uid),
      bodies: after.map(({ body }) => body),
      provenance: '',
    });
  };
  const folderOf = (uid: string) => there(state.world.folders.get(uid), `folder ${uid}`);
  const removeFolder = (uid: string): void => {
    for (const child of childrenOf(state, uid)) removeFolder(child.uid);
    for (const dashboard of [...state.world.dashboards.values()])
      if (dashboard.folderUid === uid) state.world.dashboards.delete(dashboard.uid);
    state.world.rules = state.world.rules.filter(({ folderUid }) => folderUid !== uid);
    state.world.folders.delete(uid);
  };
  const setTiming = (name: string, intervals: unknown, mustBeThere: boolean): void =>
    edit(({ muteTimings }) => {
      const before = muteTimings.find((timing) => timing.name === name);
      if (mustBeThere) editable(there(before, `mute timing ${name}`).provenance, `mute timing ${name}`);
      const timing = { name, intervals: normalIntervals(intervals).map(expanded), provenance: '' as const };
      return {
        muteTimings: before ? muteTimings.map((one) => (one.name === name ? timing : one)) : [...muteTimings, timing],
      };
    });
  const setTemplate = (name: string, text: string, mustBeThere: boolean): void =>
    edit(({ templates }) => {
      const before = templates.find((template) => template.name === name);
      if (mustBeThere) editable(there(before, `template ${name}`).provenance, `template ${name}`);
      const template = { name, template: normalTemplate(name, text), provenance: '' as const };
      return { templates: [...templates.filter((one) => one.name !== name), template] };
    });
  return {
    editsDashboard,
    savesDashboard: (uid) => editsDashboard(uid, (spec) => spec),
    editsDashboardJson: (uid, change) => {
      const dashboard = dashboardOf(uid);
      const spec = change(copy(migrate(dashboard.spec, state) ?? dashboard.spec));
      save(dashboard, migrate(spec, state) ?? spec);
    },
    createsDashboard: (uid, spec, folderUid = '') => {
      storeDashboard(state, {
        uid,
        folderUid,
        spec: browserSave(spec, state),
        message: '',
        caller: somebody,
        api: 'v1beta1',
        defaultPermissions: true,
      });
    },
    movesDashboard: (uid, folderUid) => save(dashboardOf(uid), copy(dashboardOf(uid).spec), folderUid),
    deletesDashboard: (uid) => {
      state.world.dashboards.delete(dashboardOf(uid).uid);
      stamp(state);
    },
    createsFolder: (uid, title, parentUid = '') => {
      const at = stamp(state);
      const by = { created: at, updated: at, createdBy: somebody.name, updatedBy: somebody.name };
      state.world.folders.set(uid, { id: newId(state), uid, title, parentUid, description: '', version: 1, ...by });
    },
    renamesFolder: (uid, title) => {
      const folder = folderOf(uid);
      Object.assign(folder, { title, version: folder.version + 1, updated: stamp(state), updatedBy: somebody.name });
    },
    movesFolder: (uid, parentUid) => {
      const folder = folderOf(uid);
      Object.assign(folder, {
        parentUid,
        version: folder.version + 2,
        updated: stamp(state),
        updatedBy: somebody.name,
      });
    },
    deletesFolder: (uid) => {
      removeFolder(folderOf(uid).uid);
      stamp(state);
    },
    editsRule: (uid, change) => {
      const { folderUid, group } = ruleAt(uid);
      rewrite(folderUid, group, (rules) =>
        rules.map((rule) => ({
          uid: rule.uid,
          body: rule.uid === uid ? storedBody(decodeRule(change(copy(rule.body)))) : copy(rule.body),
        })),
      );
    },
    createsRule: (folderUid, group, rule) =>
      rewrite(folderUid, group, (rules) => [
        ...rules,
        { uid: String(rule['uid']), body: storedBody(decodeRule(rule)) },
      ]),
    deletesRule: (uid) => {
      editable(ruleAt(uid).provenance, `rule ${uid}`);
      state.world.rules = state.world.rules.filter((rule) => rule.uid !== uid);
      stamp(state);
    },
    editsContactPoint: (uid, change) => {
      const before = there(integrationOf(state.world.alertmanager, uid), `contact point ${uid}`);
      editable(before.provenance, `contact point ${uid}`);
      const settings = change(copy(before.settings));
      edit(({ receivers }) => ({
        receivers: receivers.map((receiver) => ({
          ...receiver,
          integrations: receiver.integrations.map((one) => (one.uid === uid ? { ...one, settings } : one)),
        })),
      }));
    },
    createsContactPoint: (uid, name, type, settings) =>
      edit(({ receivers }) => {
        const made = { uid, name, type, settings, secrets: {}, disableResolveMessage: false, provenance: '' as const };
        const before = receivers.find((receiver) => receiver.name === name);
        if (!before) return { receivers: [...receivers, { name, integrations: [made] }] };
        return {
          receivers: receivers.map((one) =>
            one.name === name ? { name, integrations: [...one.integrations, made] } : one,
          ),
        };
      }),
    deletesContactPoint: (uid) => {
      editable(there(integrationOf(state.world.alertmanager, uid), `contact point ${uid}`).provenance, uid);
      edit(({ receivers }) => ({
        receivers: receivers
          .map((receiver) => ({ ...receiver, integrations: receiver.integrations.filter((one) => one.uid !== uid) }))
          .filter(({ integrations }) => integrations.length > 0),
      }));
    },
    editsPolicies: (change) => {
      editable(state.world.alertmanager.routeProvenance, 'the policy tree');
      edit(({ route }) => ({ route: normalRoute(change(route)) }));
    },
    editsMuteTiming: (name, change) => {
      const before = there(
        state.world.alertmanager.muteTimings.find((one) => one.name === name),
        `mute timing ${name}`,
      );
      setTiming(name, change({ time_intervals: copy(before.intervals) })['time_intervals'], true);
    },
    createsMuteTiming: (name, intervals) => setTiming(name, intervals, false),
    deletesMuteTiming: (name) =>
      edit(({ muteTimings }) => ({ muteTimings: muteTimings.filter((one) => one.name !== name) })),
    editsTemplate: (name, text) => setTemplate(name, text, true),
    createsTemplate: (name, text) => setTemplate(name, text, false),
    deletesTemplate: (name) => edit(({ templates }) => ({ templates: templates.filter((one) => one.name !== name) })),
    editsDataSource: (uid, change) => {
      const source = there(state.world.dataSources.get(uid), `data source ${uid}`);
      if (source.readOnly) throw new Error(`data source ${uid} is read-only`);
      const { name, type, access, url, isDefault, jsonData } = source;
      Object.assign(source, change(copy({ name, type, access, url, isDefault, jsonData })), {
        version: source.version + 1,
      });
      stamp(state);
    },
    createsDataSource: (uid, name, type, url) => {
      stamp(state);
      const isDefault = state.world.dataSources.size === 0;
      state.world.dataSources.set(uid, {
        id: newId(state),
        uid,
        name,
        type,
        access: 'proxy',
        url,
        isDefault,
        more: {},
        jsonData: {},
        secrets: {},
        version: 1,
        readOnly: false,
      });
    },
    deletesDataSource: (uid) => {
      state.world.dataSources.delete(there(state.world.dataSources.get(uid), `data source ${uid}`).uid);
      stamp(state);
    },
  };
};

const week = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Ranges of weekdays as their names. */
const expanded = (interval: Json): Json => {
  const days = interval['weekdays'];
  if (!Array.isArray(days)) return interval;
  return {
    ...interval,
    weekdays: (days as readonly string[]).flatMap((range) => {
      const [first = '', last = first] = range.split(':');
      return week.slice(week.indexOf(first), week.indexOf(last) + 1);
    }),
  };
};
