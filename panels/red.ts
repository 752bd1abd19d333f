import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { section, type Section } from '../lib/dashboards/dashboard';
import { tokens } from '../lib/tokens';

/** One service on one line: how much is asked, how much of it fails, how long it takes. */
export const redSection = (
  title: string,
  row: { readonly rate: PanelBuilder; readonly errors: PanelBuilder; readonly duration: PanelBuilder },
): Section =>
  section(
    title,
    [row.rate, row.errors, row.duration].map((panel) => panel.span(tokens.width.third)),
  );
