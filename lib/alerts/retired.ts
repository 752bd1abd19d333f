/** An alert that was shipped once: its rule stays in a Grafana that got it from a file until a file deletes it. */
export interface RetiredAlert {
  readonly name: string;
  /** Version of this library that no longer has it. */
  readonly since: string;
  /** What stands for it now, or why nothing does. */
  readonly because: string;
}

/** Every alert that was ever taken out or renamed. Entries stay for good. */
export const retiredAlerts: readonly RetiredAlert[] = [];
