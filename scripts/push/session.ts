import { look, type Looked, type LookOptions } from '../../lib/push/look';
import type { BaseObject, DesiredObject } from '../../lib/push/object';
import { idOf } from '../../lib/push/object';
import { openTarget, type OpenTarget } from '../../lib/push/open-target';
import { readJournals } from '../../lib/push/push-files';
import { wasSentBefore } from '../../lib/push/secrets';
import type { PushArguments } from '../commands/push';
import type { Site } from './site';

/** A target that was opened and looked at. */
export interface Session extends Looked {
  readonly open: OpenTarget;
}

/** Opens the target of a site and reads all that a plan needs. */
export const beginSession = async (
  given: PushArguments,
  site: Site,
  desired: readonly DesiredObject[],
  rest: Pick<LookOptions, 'others' | 'references' | 'removesAll'> = {},
): Promise<Session> => {
  let known: ReadonlyMap<string, BaseObject> | undefined;
  const open = await openTarget(site.target, {
    environment: process.env,
    desired,
    stateFolder: stateFolderOf(desired),
    secretValue,
    wasSent: (object, path, value) => wasSentBefore(known?.get(idOf(object)), path, value),
    ...(site.beside && { beside: site.beside }),
  });
  for (const warning of open.warnings) process.stderr.write(`warning: ${warning}\n`);
  const state = await open.state.read();
  known = state?.objects;
  const looked = await look(open, {
    desired,
    state,
    journals: readJournals(site.folder),
    secretValue,
    options: {
      onDrift: given.onDrift,
      prune: given.prune,
      maxDelete: given.maxDelete,
      resendSecrets: given.resendSecrets,
    },
    ...rest,
  });
  const lost = lostInRuler(open, looked);
  if (lost > 0)
    process.stderr.write(
      `warning: none of the ${lost} rule groups that the last push left is in the ruler: are its \`url\` and \`tenant\` those of that push?\n`,
    );
  return { open, ...looked };
};

/** Groups that are all gone: another address or tenant is likelier than somebody who removed every one. */
const lostInRuler = ({ target }: OpenTarget, { input: { base, actual } }: Looked): number =>
  target.kind === 'ruler' && base && [...base.keys()].every((id) => !actual.has(id)) ? base.size : 0;

/** Value of a variable of the environment; undefined where it is not set, or empty. */
export const secretValue = (name: string): string | undefined => process.env[name] || undefined;

/** The same for what cannot do without. */
export const secret = (name: string): string => {
  const value = secretValue(name);
  if (value === undefined) throw new Error(`the environment variable ${name} is not set`);
  return value;
};

/** The state lies where the rest is: in our outermost folder, else with the alert rules, else in any. */
const stateFolderOf = (desired: readonly DesiredObject[]): string | undefined => {
  const folders = desired.filter(({ kind }) => kind === 'folder');
  const around = folders.find(({ key }) => folders.some(({ body }) => body['parentUid'] === key));
  return (around ?? folders.find(({ key }) => key.endsWith('-alert-rules')) ?? folders[0])?.key;
};
