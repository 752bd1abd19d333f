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
    /** Not there, and that is normal: hardly to be seen on light and on dark. Its own opacity wins over that of a timeline's fill. */
    absent: '#80808024',
    limit: 'light-orange',
    past: 'super-light-blue',
  },
  /** How long something has run: what started just now stands out, what runs long is calm. */
  age: {
    minutes: 'light-yellow',
    tenMinutes: 'super-light-green',
    hour: 'light-green',
    day: 'semi-dark-green',
  },
  /** Grid columns (of 24) and rows (30 px each). Widths are weights: a line is filled to 24. */
  width: { stat: 3, quarter: 6, third: 8, half: 12, full: 24 },
  height: {
    stat: 4,
    graph: 8,
    table: 9,
    short: 6,
    timeline: 8,
    singleTimeline: 4,
    pagedTimeline: 22,
    logs: 14,
    list: 8,
    boards: 16,
    text: 3,
  },
  /** Fill only where one line is alone; thin lines where many cross. */
  line: {
    width: 1,
    fill: 12,
    noFill: 0,
    stackedFill: 30,
    gapAfterIntervals: 3,
    dash: 4,
    faintWidth: 2,
    pointSize: 5,
    barWidth: 0.8,
  },
  /** Up to here a legend is a list below; beyond it is a table at the right. */
  legend: { listUpTo: 5, tableWidth: 320 },
  /** Widths of columns in pixels, where equal ones would cut the longest text. */
  column: { name: 160, label: 110, state: 75, least: 70 },
  /** Sizes of values in pixels where Grafana would fill the panel with them, and of bars. */
  text: { barName: 12, barValue: 18 },
  bar: { highest: 40 },
  timeline: { rowHeight: 0.8, fill: 80, lineWidth: 0, perPage: 64 },
  /** Bars are counted, not read: more than a hundred is a carpet. */
  points: { bars: 100, history: 50, byHour: 5000, byHourStep: '10m', hourLength: 2 },
} as const;
