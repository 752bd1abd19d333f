/** A file of somebody else that joins in. */
export interface IncludedFile {
  /** From the homelab file's folder, with forward slashes: names of what is written are made of it. */
  readonly path: string;
  /** As the reader finds it from where the command runs: in messages, and for who names it later. */
  readonly source: string;
  readonly text: string;
  /** Which entry of `include` it belongs to. */
  readonly entry: number;
  /** Title of the folder in Grafana. */
  readonly folder: string;
  /** Values for what an exported dashboard asks for, by name. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Where dashboards go when nothing else is said. */
export const usualFolder = 'Included';
