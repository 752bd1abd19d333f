/** The house look: every colour, size and line style, by what it means. Nothing else names a colour or a coordinate. */
export const tokens = {
  /** Grafana's palette; each goes with a word or a number, so that colour is never the only channel. */
  colour: {
    ok: 'green',
    warning: 'yellow',
    critical: 'red',
    unknown: 'text',
    neutral: 'blue',
    none: 'transparent',
    limit: 'light-orange',
    past: 'super-light-blue',
  },
  /** Grid columns (of 24) and rows (30 px each). Widths are weights: a line is filled to 24. */
  width: { stat: 3, third: 8, half: 12, full: 24 },
  height: { stat: 4, graph: 8, table: 9, short: 6, timeline: 8, singleTimeline: 4, logs: 14, list: 8, text: 3 },
  /** Fill only where one line is alone; thin lines where many cross. */
  line: { width: 1, fill: 12, noFill: 0, stackedFill: 30, gapAfterIntervals: 3 },
  /** Up to here a legend is a list below; beyond it is a table at the right. */
  legend: { listUpTo: 5, tableWidth: 320 },
  timeline: { rowHeight: 0.8, fill: 80, lineWidth: 0 },
  /** Bars are counted, not read: more than a hundred is a carpet. */
  points: { bars: 100, history: 50 },
} as const;
