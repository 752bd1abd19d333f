import { sorted } from '../grafana-json/canonical-json';
import { textAt, type Json } from '../grafana-json/json';
import { HomelabError } from '../homelab/homelab-error';
import { withPosition, type HomelabText } from '../homelab/position';
import { problem, type HomelabProblem } from '../homelab/problem';
import type { ResolvedHomelab } from '../homelab/resolved';
import { folderUidOf } from '../render/dashboard';
import type { IncludedFile } from './included-file';
import { fillIn } from './inputs';
import type { FoundDashboard } from './recognise';
import { slugOf } from './names';

/** A dashboard of somebody else, as Grafana's file provisioning takes it. */
export interface IncludedBoard {
  readonly file: IncludedFile;
  readonly uid: string;
  readonly title: string;
  readonly folder: string;
  readonly folderUid: string;
  /** Sorted keys, without the server's `id` and `version`; else as it came. */
  readonly json: Json;
  /** Where its title stands, for what is only wrong beside others. */
  readonly locate: HomelabText['locate'];
  readonly at: FoundDashboard['at'];
}

/**
 * A found dashboard in the normal form. No correction that our own boards get is made: those are for what our builder writes, and
 * some change what another author meant. Throws a `HomelabError` with all that Grafana would refuse.
 */
export const includedBoard = (
  file: IncludedFile,
  { model, at, uid: resourceUid }: FoundDashboard,
  locate: HomelabText['locate'],
  homelab: ResolvedHomelab,
): IncludedBoard => {
  const { dashboard, problems } = fillIn(model, {
    given: file.inputs,
    dataSources: Object.values(homelab.dataSources),
  });
  const { id: _, version: __, uid: written, ...content } = dashboard;
  const uid = resourceUid ?? (written === '' || written === null ? undefined : written);
  const uidAt = resourceUid === undefined ? [...at, 'uid'] : ['metadata', 'name'];
  const title = textAt(content, 'title')?.trim() ?? '';
  const wrong: readonly HomelabProblem[] = [
    ...problems.map((one) => ({ ...one, keys: [...at, ...one.keys] })),
    ...uidProblems(uid).map((text) => problem(uidAt, { ...text, value: uid })),
    ...(title === ''
      ? [
          problem([...at, 'title'], {
            what: 'a dashboard without a title, which Grafana refuses',
            try: 'add `"title": "..."`',
          }),
        ]
      : []),
  ].map((one) => withPosition(one, locate));
  if (wrong.length > 0) throw new HomelabError(wrong, file.source);
  const kept =
    typeof uid === 'string' ? uid : `${homelab.project}-${slugOf(nameOf(file.path), 39 - homelab.project.length)}`;
  return {
    file,
    uid: kept,
    title,
    folder: file.folder,
    folderUid: folderUidOf(homelab, file.folder),
    json: sorted({ ...content, uid: kept }) as Json,
    locate,
    at,
  };
};

const uidProblems = (
  uid: unknown,
): readonly { readonly what: string; readonly allowed: string; readonly try: string }[] => {
  if (uid === undefined || (typeof uid === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(uid))) return [];
  return [
    {
      what: 'a uid that Grafana refuses',
      allowed: 'up to 40 letters, digits, dashes and underscores',
      try: 'take it out: one is made of the name of the file',
    },
  ];
};

/** `own/disk health.json` -> `disk health`. */
const nameOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.\w+$/, '');
