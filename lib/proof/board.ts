/** What a proof reads of a rendered dashboard: the classic model, as Grafana gets it. */
export interface Board {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly BoardPanel[];
  readonly time?: { readonly from: string; readonly to: string };
  readonly templating?: { readonly list?: readonly BoardVariable[] };
  readonly annotations?: { readonly list?: readonly BoardAnnotation[] };
}

export interface BoardPanel {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  /** Of a collapsed row. */
  readonly panels?: readonly BoardPanel[];
  readonly datasource?: DataSourceReference;
  /** Least distance of points. */
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly gridPos?: { readonly w: number };
  readonly targets?: readonly BoardTarget[];
  readonly fieldConfig?: {
    readonly defaults?: {
      readonly noValue?: string;
      readonly unit?: string;
      readonly min?: number;
      readonly max?: number;
      readonly thresholds?: {
        readonly mode?: string;
        readonly steps?: readonly { readonly value: number | null; readonly color?: string }[];
      };
    };
  };
}

export interface BoardTarget {
  readonly refId: string;
  readonly expr?: string;
  readonly datasource?: DataSourceReference;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly legendFormat?: string;
  readonly format?: string;
  /** LogQL and TraceQL stand here in some data sources. */
  readonly query?: string;
  /** Min step. */
  readonly interval?: string;
  readonly hide?: boolean;
}

export interface BoardVariable {
  readonly name: string;
  readonly type: string;
  readonly query?: string | { readonly query?: string };
  readonly regex?: string;
  readonly sort?: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
  readonly current?: { readonly value?: string | readonly string[] };
  readonly datasource?: DataSourceReference;
}

export interface BoardAnnotation {
  readonly name: string;
  readonly enable?: boolean;
  readonly datasource?: DataSourceReference | null;
  readonly target?: { readonly expr?: string; readonly interval?: string };
}

export interface DataSourceReference {
  readonly type?: string;
  readonly uid?: string;
}

/** Every panel that draws something, those of collapsed rows included. */
export const panelsOf = ({ panels }: Pick<Board, 'panels'>): readonly BoardPanel[] =>
  panels.flatMap((panel) => (panel.type === 'row' ? (panel.panels ?? []) : [panel]));
