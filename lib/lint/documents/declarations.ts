import type { Allowance } from '../allowance';

/** What our own content says of its boards and panels beside their JSON; nothing of it for strangers' files. */
export interface BoardDeclarations {
  /** Where the board is declared, `dashboards/host-use.ts`. */
  board(): string | undefined;
  /** The line that declares the panel with this id. */
  panel(id: number): string | undefined;
  /** What is allowed beside that panel. */
  allowed(id: number): readonly Allowance[];
}

/** The same for alerts, by the title of a rule. */
export interface AlertDeclarations {
  place(title: string): string | undefined;
  allowed(title: string): readonly Allowance[];
}
