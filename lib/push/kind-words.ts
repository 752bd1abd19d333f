import type { Kind } from './object';

const words: Readonly<Record<Kind, readonly [one: string, several: string]>> = {
  folder: ['folder', 'folders'],
  'data-source': ['data source', 'data sources'],
  dashboard: ['dashboard', 'dashboards'],
  template: ['message template', 'message templates'],
  'mute-timing': ['mute timing', 'mute timings'],
  'contact-point': ['contact point', 'contact points'],
  policy: ['notification policy', 'notification policies'],
  'rule-group': ['rule group', 'rule groups'],
};

/** A kind as people call it. */
export const kindInWords = (kind: Kind): string => words[kind][0];

/** `1 folder`, `2 folders`. */
export const countInWords = (count: number, kind: Kind): string => `${count} ${words[kind][count === 1 ? 0 : 1]}`;

/** `dashboard Hosts / USE (hl-host-use)`: as a sentence names one object. */
export const objectInWords = ({
  kind,
  key,
  title,
}: {
  readonly kind: Kind;
  readonly key: string;
  readonly title: string;
}): string => `${kindInWords(kind)} ${title}${title === key ? '' : ` (${key})`}`;
