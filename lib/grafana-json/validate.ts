import { checkDataSources, type DataSources } from './data-sources';
import { checkGrid } from './grid';
import { checkIdentity } from './identity';
import { isObject, textAt } from './json';
import { checkLinks } from './links';
import type { Problem } from './problem';
import { checkRefIds } from './ref-ids';
import { checkSchema } from './schema-check';
import { checkSteps } from './steps';
import { checkVariables } from './variables';

export interface ValidateOptions {
  /** Uids of the dashboards that links may go to, beside the dashboard's own; absent: links are not looked at. */
  readonly knownUids?: readonly string[];
  /** The data sources that may be named by uid; absent: any may, and only variables are looked at. */
  readonly knownDatasources?: DataSources;
  /** Ids of panel plugins beside Grafana's own; their options are not looked at. */
  readonly knownPanelTypes?: readonly string[];
}

/** All that Grafana 12.3 would refuse, drop or show wrongly in a classic dashboard; pure, and never throws. */
export const validateDashboard = (dashboard: unknown, options: ValidateOptions = {}): Problem[] => {
  if (!isObject(dashboard)) return [{ path: '', message: 'is no object', got: dashboard }];
  return [
    ...checkSchema(dashboard, options.knownPanelTypes),
    ...checkIdentity(dashboard),
    ...checkGrid(dashboard),
    ...checkVariables(dashboard),
    ...checkDataSources(dashboard, options.knownDatasources),
    ...checkRefIds(dashboard),
    ...checkSteps(dashboard),
    ...checkLinks(dashboard, options.knownUids),
  ];
};

/** A dashboard among others. */
export interface SetMember {
  /** How messages call it: its file. */
  readonly name: string;
  /** Uid of the folder it is put in. */
  readonly folder: string;
  readonly dashboard: unknown;
}

/** What dashboards that are right alone get wrong together; each path begins with the member's name. */
export const validateSet = (members: readonly SetMember[]): Problem[] => {
  const uids = new Map<string, string>();
  const titles = new Map<string, string>();
  const folders = new Set(members.map(({ folder }) => folder));
  return members.flatMap(({ name, folder, dashboard }) => {
    const problems: Problem[] = [];
    const claim = (taken: Map<string, string>, key: string, field: string, got: string, where: string): void => {
      const other = taken.get(key);
      if (other === undefined) taken.set(key, name);
      else
        problems.push({
          path: `${name}: ${field}`,
          message: `\`${got}\` is the ${field} of ${other} too${where}`,
          got,
        });
    };
    const uid = textAt(dashboard, 'uid');
    const title = textAt(dashboard, 'title');
    // Some databases compare without regard to case.
    if (uid !== undefined) claim(uids, uid.toLowerCase(), 'uid', uid, '');
    if (uid !== undefined && folders.has(uid)) {
      problems.push({ path: `${name}: uid`, message: `\`${uid}\` is the uid of a folder too`, got: uid });
    }
    // Grafana stops writing a whole folder of files when two have one title.
    if (title !== undefined)
      claim(titles, `${folder}\n${title.trim()}`, 'title', title, `, in the folder \`${folder}\``);
    return problems;
  });
};
