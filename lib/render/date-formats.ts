import type { ResolvedHomelab } from '../homelab/resolved';

/**
 * Settings of Grafana that put its axes, tables and time picker on the homelab's clock (`[date_formats]` of its configuration, in
 * the letters of moment.js); none where they are Grafana's own.
 */
export const dateFormats = ({ display }: Pick<ResolvedHomelab, 'display'>): Readonly<Record<string, string>> =>
  display.clock === '12h'
    ? {
        GF_DATE_FORMATS_FULL_DATE: 'YYYY-MM-DD h:mm:ss A',
        GF_DATE_FORMATS_INTERVAL_SECOND: 'h:mm:ss A',
        GF_DATE_FORMATS_INTERVAL_MINUTE: 'h:mm A',
        GF_DATE_FORMATS_INTERVAL_HOUR: 'MM/DD h:mm A',
      }
    : {};
