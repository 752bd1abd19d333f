/** One thing that a person sees differently after an update. */
export type Change = BoardChange | AlertChange | ToldChange | EngineChange | NotCompared;

export interface BoardChange {
  readonly kind: 'board';
  readonly what: 'new' | 'gone' | 'changed';
  readonly uid: string;
  readonly title: string;
  /** Beside its panels. */
  readonly fields: readonly FieldChange[];
  readonly panels: readonly PanelChange[];
}

export interface PanelChange {
  readonly what: 'new' | 'gone' | 'changed';
  readonly id: number;
  /** With its look where the board has several of that title. */
  readonly title: string;
  readonly fields: readonly FieldChange[];
}

export interface AlertChange {
  readonly kind: 'alert';
  readonly what: 'new' | 'gone' | 'changed';
  readonly name: string;
  /** Now, or at last. */
  readonly severity?: string;
  readonly fields: readonly FieldChange[];
}

/** Who is told. */
export interface ToldChange {
  readonly kind: 'told';
  readonly what: 'new' | 'gone' | 'changed';
  readonly name: string;
  readonly fields: readonly FieldChange[];
}

export interface EngineChange {
  readonly kind: 'engine';
  readonly was: string;
  readonly is: string;
}

/** A file of ours that nobody can read any more. */
export interface NotCompared {
  readonly kind: 'not compared';
  readonly path: string;
  readonly why: string;
}

/** What differs, in words. Without `was` and `is`: they say nothing in a few words, or are nobody's business. */
export interface FieldChange {
  /** `threshold`, `for`, `query`. */
  readonly field: string;
  readonly was?: string;
  readonly is?: string;
}
