/** What is written: one rendered file. */
export interface Artifact {
  readonly kind: ArtifactKind;
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  /** The whole file. */
  readonly text: string;
  /** The uid in Grafana, or the name of what it holds. */
  readonly name: string;
  /** What a person calls it. */
  readonly title?: string;
  /** The file that it came from, where somebody else wrote it (`include`): as the reader finds it from where the command runs. */
  readonly source?: string;
}

/** A file whose text is made when somebody reads it: a push, and the linter where nothing is wrong, never do. */
export const artifactOf = (of: Omit<Artifact, 'text'>, make: () => string): Artifact => {
  let text: string | undefined;
  return {
    ...of,
    get text() {
      return (text ??= make());
    },
  };
};

export type ArtifactKind =
  | 'dashboard'
  | 'dashboard-provider'
  | 'data-sources'
  | 'alert-rules'
  | 'contact-points'
  | 'policies'
  | 'rules'
  /** Rules whose expressions are LogQL. */
  | 'loki-rules'
  | 'scrape'
  | 'blackbox'
  | 'alertmanager'
  | 'compose'
  | 'environment'
  | 'instructions'
  | 'runbook';

/** Something that was left out of what is rendered, and why, in one line each. */
export interface Omission {
  /** `alerts`: several at once. `message`: something about the way in which somebody is told. */
  readonly what: 'panel' | 'section' | 'dashboard' | 'alert' | 'alerts' | 'message';
  /** `Hosts / USE › Heat and power › Fan speed`. */
  readonly where: string;
  readonly why: string;
}
