import { createHash } from 'node:crypto';

/** Grafana takes 40 characters. */
const longest = 40;

/** `hl-host-down` from `HostDown`: a uid that never depends on a title. Longer ones end in a hash of the whole, so that they stay apart. */
export const alertUid = (project: string, name: string): string => shorten(`${project}-${toKebab(name)}`);

/** `hl-phone`; a name that is not spelled as a uid gets a hash, so that `Phone` and `phone` stay apart. */
export const receiverUid = (project: string, name: string): string => {
  const plain = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
  return shorten(`${project}-${toKebab(name) || 'receiver'}${plain ? '' : `-${hash(name)}`}`);
};

const shorten = (uid: string): string =>
  uid.length <= longest ? uid : `${uid.slice(0, longest - 9).replace(/-$/, '')}-${hash(uid)}`;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

const toKebab = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
