import { checkHomelab } from '../check';
import type { Homelab } from '../homelab';
import { HomelabError } from '../homelab-error';

/** One machine, nothing else: what a test adds to. */
export const nas = { hosts: [{ name: 'nas', address: '192.168.1.10' }] } as const satisfies Homelab;

/** What is said about a homelab that need not be one: nas, with these keys over it. */
export const complaints = (changed: object): string => new HomelabError(checkHomelab({ ...nas, ...changed })).format();
