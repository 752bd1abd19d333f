import type { Json } from '../grafana-json/json';

/** Kinds of objects in the order in which they are written; they are removed in the reverse. */
export const kinds = [
  'folder',
  'data-source',
  'dashboard',
  'template',
  'mute-timing',
  'contact-point',
  'policy',
  'rule-group',
] as const;

export type Kind = (typeof kinds)[number];

/**
 * What tells an object from others of its kind: the uid of a folder, data source, dashboard or contact point (one integration); the name
 * of a template or mute timing; the folder's uid (a ruler: the namespace), a slash and the name of a rule group; the title of our alert folder for the policy.
 */
export interface ObjectName {
  readonly kind: Kind;
  readonly key: string;
}

/** `dashboard/hl-host-use`: for maps, states and messages to a machine. */
export const idOf = ({ kind, key }: ObjectName): string => `${kind}/${key}`;

/** What should be there. */
export interface DesiredObject extends ObjectName {
  /** What a person calls it: `Hosts / USE`. */
  readonly title: string;
  /**
   * As the API takes it, without what the server adds. Where the value of an environment variable belongs, `{env: 'NAME'}` or
   * `{env: 'NAME', before: 'text'}` stands: values are put in right before they are sent, and kept nowhere else.
   */
  readonly body: Json;
}

/** What is there. */
export interface ActualObject extends ObjectName {
  readonly title: string;
  /** As the API gives it, in the same form as `DesiredObject.body`. Secrets are `[REDACTED]`, or gone. */
  readonly body: Json;
  /** What a conditional write names: `resourceVersion`, `version`; undefined where the server offers none. */
  readonly version: string | undefined;
  /** Why nobody but its owner can change it: `a file that Grafana reads (provider hl)`. Undefined where a push may. */
  readonly readOnly: string | undefined;
  /** Set where what is there cannot be read, and so neither compared nor kept; its `body` then says only where it lies. */
  readonly isUnreadable?: true;
}

/** What was there after the last push, as it was read back, in the normal form of its kind. */
export interface BaseObject extends ObjectName {
  /** SHA-256 of the normal form. */
  readonly hash: string;
  /** Undefined where only the hash is kept. */
  readonly normal: Json | undefined;
  /** By path (`settings.url`): what is known of the secrets that were sent, in `secrets.ts`'s form. */
  readonly secrets?: Readonly<Record<string, string>>;
}
