import { createHash } from 'node:crypto';

/** A positive 31-bit number from a panel's key: the same key, the same id, in every Grafana, whatever the title says. */
export const panelId = (key: string): number => {
  const hash = createHash('sha256').update(key).digest().readUInt32BE(0) & 0x7fffffff;
  return hash === 0 ? 1 : hash;
};
