import type { ResolvedGrafanaTarget, ResolvedHomelab } from '../../homelab/resolved';
import { alertFolder } from '../../render/grafana-alerting';
import type { Rendered } from '../../render/render';
import type { DesiredObject } from '../object';

/** The uid of the folder that holds our alert rules; unlike those of boards it is not made from its title. */
export const alertFolderUid = ({ project }: Pick<ResolvedHomelab, 'project'>): string => `${project}-alert-rules`;

/** The uid of the folder below which all others go, where the target has one. */
export const topFolderUid = ({ project }: Pick<ResolvedHomelab, 'project'>): string => `${project}-folder`;

/**
 * Folders, the outer ones first: those of the boards, and one for alert rules where Grafana evaluates them. Where the target names a
 * `folder`, all of them stand below a folder of ours with that title and the uid `<project>-folder`. A folder that somebody else made
 * is never that one, even where it has the title: titles need not be unique, and what is not ours is neither renamed nor removed.
 */
export const desiredFolders = (
  { homelab, boards, included, rules }: Rendered,
  { folder: top }: ResolvedGrafanaTarget,
): readonly DesiredObject[] => {
  const titles = new Map([
    ...boards.map(({ folderUid, definition }): [string, string] => [folderUid, definition.folder]),
    ...included.boards.map(({ folderUid, folder }): [string, string] => [folderUid, folder]),
    ...(rules.length > 0 ? ([[alertFolderUid(homelab), alertFolder(homelab)]] as const) : []),
  ]);
  const below = top === null ? {} : { parentUid: topFolderUid(homelab) };
  return [
    ...(top === null || titles.size === 0 ? [] : [folder(topFolderUid(homelab), top, {})]),
    ...[...titles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([uid, title]) => folder(uid, title, below)),
  ];
};

/**
 * How the label `grafana_folder` of our alerts reads: the titles from the top down, since Grafana 11 (12.3: `Fullpath` in
 * `ngalert/store/alert_rule.go`), with a slash inside of a title escaped.
 */
export const alertFolderPath = (homelab: ResolvedHomelab, { folder: top }: ResolvedGrafanaTarget): string =>
  [...(top === null ? [] : [top]), alertFolder(homelab)].map((title) => title.replaceAll('/', '\\/')).join('/');

const folder = (uid: string, title: string, below: { readonly parentUid?: string }): DesiredObject => ({
  kind: 'folder',
  key: uid,
  title,
  body: { uid, title, ...below },
});
