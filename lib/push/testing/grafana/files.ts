import type { Json } from '../../../grafana-json/json';
import { writeGroup } from './alert-rules';
import { storeDashboard } from './dashboards';
import { copy } from './exchange';
import { personOf } from './person';
import { normalRoute } from './policies';
import { decodeRule, storedBody } from './rule-bodies';
import { stamp, type AlertmanagerDocument, type State } from './state';

/** What file provisioning makes (contract 5): nobody but the files may change it. */
export interface Files {
  dashboard(
    uid: string,
    spec: Json,
    options?: { readonly folderUid?: string; readonly provider?: string; readonly allowUiUpdates?: boolean },
  ): void;
  /** Provenance `file`. */
  ruleGroup(folderUid: string, group: string, rules: readonly Json[]): void;
  /** Provenance `file`. */
  contactPoint(uid: string, name: string, type: string, settings: Json): void;
  /** Provenance `file`. */
  policies(tree: Json): void;
  /** Provenance `file`. */
  muteTiming(name: string, intervals: readonly Json[]): void;
  /** Provenance `file`. */
  template(name: string, text: string): void;
  /** Read-only. */
  dataSource(uid: string, name: string, type: string, url: string): void;
}

export const filesOf = (state: State): Files => {
  const person = personOf(state);
  const provision = (change: (document: AlertmanagerDocument) => Partial<AlertmanagerDocument>): void => {
    state.world.alertmanager = { ...state.world.alertmanager, ...change(copy(state.world.alertmanager)) };
  };
  return {
    dashboard: (uid, spec, { folderUid = '', provider = 'files', allowUiUpdates = false } = {}) => {
      const file = { provider, path: `${uid}.json`, allowUiUpdates };
      storeDashboard(state, {
        uid,
        folderUid,
        spec,
        message: '',
        caller: { name: '' },
        api: 'v0alpha1',
        defaultPermissions: true,
        file,
      });
    },
    ruleGroup: (folder, name, rules) =>
      writeGroup(state, {
        folder,
        name,
        seconds: 60,
        uids: rules.map(({ uid }) => String(uid)),
        bodies: rules.map((rule) => storedBody(decodeRule(rule))),
        provenance: 'file',
      }),
    contactPoint: (uid, name, type, settings) => {
      person.createsContactPoint(uid, name, type, settings);
      provision(({ receivers }) => ({
        receivers: receivers.map((receiver) => ({
          ...receiver,
          integrations: receiver.integrations.map((one) =>
            one.uid === uid ? { ...one, provenance: 'file' as const } : one,
          ),
        })),
      }));
    },
    policies: (tree) => {
      provision(() => ({ route: normalRoute(tree), routeProvenance: 'file' }));
      stamp(state);
    },
    muteTiming: (name, intervals) => {
      person.createsMuteTiming(name, intervals);
      provision(({ muteTimings }) => ({
        muteTimings: muteTimings.map((one) => (one.name === name ? { ...one, provenance: 'file' as const } : one)),
      }));
    },
    template: (name, text) => {
      person.createsTemplate(name, text);
      provision(({ templates }) => ({
        templates: templates.map((one) => (one.name === name ? { ...one, provenance: 'file' as const } : one)),
      }));
    },
    dataSource: (uid, name, type, url) => {
      person.createsDataSource(uid, name, type, url);
      const made = state.world.dataSources.get(uid);
      if (made) state.world.dataSources.set(uid, { ...made, readOnly: true });
    },
  };
};
