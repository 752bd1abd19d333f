import { ref, type JsonSchema } from './json-schema';

/** Where Grafana 12.3 and the SDK's types differ: all of it is said here, by definition, and nowhere else. */
export interface Difference {
  /** Keys that Grafana knows and the SDK does not, or types too loosely. */
  readonly add?: Readonly<Record<string, JsonSchema>>;
  /** Keys that the SDK has and Grafana no longer reads, each with where it went. */
  readonly remove?: Readonly<Record<string, string>>;
  /** Keys without which Grafana misreads the object. The SDK's own list goes: it names what has a default too. */
  readonly required?: readonly string[];
}

const text: JsonSchema = { type: 'string' };
const filled: JsonSchema = { type: 'string', pattern: '.' };
const flag: JsonSchema = { type: 'boolean' };
const number: JsonSchema = { type: 'number' };
const bound: JsonSchema = { type: ['number', 'null'] };
const texts: JsonSchema = { type: 'array', items: text };
const oneOf = (...values: (string | number)[]): JsonSchema => ({ type: typeof values[0], enum: values });
const count = (minimum: number, maximum?: number): JsonSchema => ({
  type: 'integer',
  minimum,
  ...(maximum !== undefined && { maximum }),
});
const object = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...(required.length > 0 && { required }),
});
const listOf = (name: string): JsonSchema => ({ type: 'array', items: ref(name) });

const reducers = { add: { calcs: listOf('ReducerId') } };
const wrapText = { wrapText: 'moved to `custom.wrapText`' };

export const differences: Readonly<Record<string, Difference>> = {
  // The dashboard.
  Dashboard: {
    add: {
      fiscalYearStartMonth: count(0, 11),
      refresh: { type: 'string', pattern: '^(|auto|\\d+(ms|s|m|h|d|w|M|y))$' },
      schemaVersion: count(1),
      weekStart: oneOf('', 'saturday', 'sunday', 'monday'),
    },
    remove: { revision: 'dropped by 12.3', snapshot: 'only in a snapshot of a dashboard' },
    required: ['annotations', 'panels', 'schemaVersion', 'templating', 'title', 'uid'],
  },
  GridPos: {
    add: { h: count(1), w: count(1, 24), x: count(0, 23), y: count(0) },
    required: ['h', 'w', 'x', 'y'],
  },
  Panel: {
    add: {
      fieldConfig: ref('FieldConfigSource'),
      id: count(1, 2_147_483_647),
      links: listOf('DataLink'),
      maxDataPoints: count(1),
      maxPerRow: count(1, 24),
      options: { type: 'object' },
      targets: { type: 'array', items: { type: 'object' } },
    },
    required: ['gridPos', 'id', 'type'],
  },
  RowPanel: {
    add: { id: count(1, 2_147_483_647), panels: { type: 'array', items: { type: 'object' } } },
    remove: { datasource: 'read by no row since 9' },
    required: ['collapsed', 'gridPos', 'id', 'panels', 'title', 'type'],
  },
  DataSourceRef: { add: { apiVersion: text } },
  DashboardLink: { required: ['title', 'type'] },
  AnnotationContainer: { required: ['list'] },
  AnnotationQuery: {
    add: { iconColor: filled, name: filled, target: { type: 'object' }, type: oneOf('dashboard', 'tags') },
    required: ['enable', 'iconColor', 'name'],
  },
  // CUE limits ids here to 255, which no id of ours fits; Grafana itself does not.
  AnnotationPanelFilter: { required: ['ids'] },
  TimeOption: { required: ['display', 'from', 'to'] },
  LibraryPanelRef: { required: ['name', 'uid'] },

  // Field options. What a panel type registers of them is in registered-fields.ts.
  FieldConfigSource: {
    add: { defaults: ref('FieldConfig'), overrides: listOf('Override') },
    required: ['defaults', 'overrides'],
  },
  FieldConfig: {
    add: { custom: { type: 'object' }, decimals: count(0), links: listOf('DataLink'), unit: ref('Unit') },
    remove: {
      description: 'no panel registers it',
      displayNameFromDS: 'set by the data source',
      path: 'set while Grafana runs',
      writeable: 'set while Grafana runs',
    },
  },
  ThresholdsConfig: { required: ['mode', 'steps'] },
  Threshold: { required: ['color'] },
  FieldColor: { required: ['mode'] },
  ValueMap: { required: ['options', 'type'] },
  RangeMap: {
    add: { options: object({ from: bound, result: ref('ValueMappingResult'), to: bound }, ['result']) },
    required: ['options', 'type'],
  },
  RegexMap: { required: ['options', 'type'] },
  SpecialValueMap: { required: ['options', 'type'] },
  DataTransformerConfig: {
    add: { filter: ref('FrameMatcher'), id: ref('TransformationId') },
    required: ['id', 'options'],
  },
  Action: { required: ['title', 'type'] },
  FetchOptions: { required: ['method', 'url'] },
  InfinityOptions: { required: ['datasourceUid', 'method', 'url'] },
  ActionVariable: { required: ['key', 'name', 'type'] },

  // What panels share.
  LegendDisplayMode: { remove: { hidden: 'since 9.2 `showLegend: false`' } },
  VizLegendOptions: reducers,
  ReduceDataOptions: reducers,
  VizTooltipOptions: { add: { hoverProximity: number } },
  ScaleDistributionConfig: { required: ['type'] },
  GraphThresholdsStyleConfig: { required: ['mode'] },
  GraphFieldConfig: { add: { showValues: flag } },

  // Panels.
  'options.timeseries': { add: { timeCompare: object({ timeCompare: flag }) } },
  'options.table': {
    add: { enablePagination: flag, frozenColumns: object({ left: count(0) }), maxRowHeight: number },
    remove: { footer: 'moved to `custom.footer.reducers`, and `enablePagination` beside it' },
  },
  'options.logs': {
    add: {
      controlsStorageKey: text,
      displayedFields: texts,
      noInteractions: flag,
      showLogAttributes: flag,
      timestampResolution: oneOf('ms', 'ns'),
    },
  },
  'options.piechart': { add: { sort: ref('SortOrder') } },
  PieChartLegendOptions: reducers,
  'options.nodeGraph': { add: { layoutAlgorithm: oneOf('layered', 'force', 'grid') } },
  'fields.barchart': { add: { transform: ref('GraphTransform') } },
  TableSortByFieldState: { required: ['displayName'] },
  TableFieldOptions: {
    add: {
      footer: object({ reducers: listOf('ReducerId') }),
      hideFrom: object({ viz: flag }),
      styleField: text,
      tooltip: object({ field: text, placement: oneOf('auto', 'bottom', 'left', 'right', 'top') }),
      wrapHeaderText: flag,
      wrapText: flag,
    },
    remove: {
      displayMode: 'moved to `cellOptions`',
      hidden: 'moved to `hideFrom.viz`',
      hideHeader: 'no panel registers it',
    },
  },
  TableAutoCellOptions: { remove: wrapText, required: ['type'] },
  TableColorTextCellOptions: { remove: wrapText, required: ['type'] },
  TableColoredBackgroundCellOptions: { remove: wrapText, required: ['type'] },
  TableJsonViewCellOptions: { required: ['type'] },
  TableImageCellOptions: { required: ['type'] },
  TableDataLinksCellOptions: { required: ['type'] },
  TableActionsCellOptions: { required: ['type'] },
  TableBarGaugeCellOptions: { required: ['type'] },
  TableSparklineCellOptions: { add: { showValues: flag }, required: ['type'] },

  // Targets. A `refId` is what expressions, overrides and transformations name.
  'target.prometheus': { required: ['expr', 'refId'] },
  'target.loki': {
    add: { queryType: ref('LokiQueryType'), supportingQueryType: ref('SupportingQueryType') },
    required: ['expr', 'refId'],
  },
  'target.tempo': {
    add: { queryType: ref('TempoQueryType'), serviceMapUseNativeHistograms: flag },
    required: ['refId'],
  },
  TraceqlFilter: { add: { isCustomValue: flag }, required: ['id'] },
  'target.datasource': { required: ['panelId', 'refId'] },
  TypeMath: { required: ['expression', 'refId', 'type'] },
  TypeReduce: { required: ['expression', 'reducer', 'refId', 'type'] },
  TypeResample: { required: ['downsampler', 'expression', 'refId', 'type', 'upsampler', 'window'] },
  TypeClassicConditions: { required: ['conditions', 'refId', 'type'] },
  TypeThreshold: { required: ['conditions', 'expression', 'refId', 'type'] },
  TypeSql: { required: ['expression', 'refId', 'type'] },
};

/** Members of a union that the SDK lacks. */
export const unionAdditions: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  TableCellOptions: {
    TablePillCellOptions: object({ type: { type: 'string', const: 'pill' } }, ['type']),
    TableMarkdownCellOptions: object({ dynamicHeight: flag, type: { type: 'string', const: 'markdown' } }, ['type']),
    TableGeoCellOptions: object({ type: { type: 'string', const: 'geo' } }, ['type']),
  },
};

const matcher = (ids: readonly string[]): JsonSchema => object({ id: oneOf(...ids), options: {} }, ['id']);
const combining = ['anyMatch', 'allMatch', 'invertMatch', 'alwaysMatch', 'neverMatch'];
const percentiles = Array.from({ length: 99 }, (_, index) => `p${index + 1}`);

/** Definitions that the SDK does not have at all. */
export const ownDefinitions: Readonly<Record<string, JsonSchema>> = {
  DataLink: object({ oneClick: flag, targetBlank: flag, title: text, url: text }, ['title', 'url']),
  Override: object(
    {
      __systemRef: text,
      matcher: ref('FieldMatcher'),
      properties: { type: 'array', items: object({ id: text, value: {} }, ['id', 'value']) },
    },
    ['matcher', 'properties'],
  ),
  FieldMatcher: matcher([
    'byName',
    'byNames',
    'byRegexp',
    'byRegexpOrNames',
    'byType',
    'byTypes',
    'byFrameRefID',
    'byValue',
    'numeric',
    'time',
    'first',
    'firstTimeField',
    ...combining,
  ]),
  FrameMatcher: matcher(['byName', 'byRefId', 'byIndex', ...combining]),
  ReducerId: oneOf(
    ...'sum max min logmin mean variance stdDev last lastNotNull first firstNotNull median count countAll range diff'.split(
      ' ',
    ),
    ...'diffperc delta step changeCount distinctCount allIsZero allIsNull allValues uniqueValues'.split(' '),
    ...percentiles,
  ),
  TransformationId: oneOf(
    ...'reduce filterFieldsByName renameByRegex filterByRefId filterByValue organize joinByField seriesToRows'.split(
      ' ',
    ),
    ...'concatenate calculateField labelsToFields groupBy sortBy merge histogram rowsToFields configFromData'.split(
      ' ',
    ),
    ...'prepareTimeSeries convertFieldType spatial fieldLookup extractFields heatmap groupingToMatrix limit'.split(' '),
    ...'joinByLabels regression partitionByValues formatString groupToNestedTable formatTime timeSeriesTable'.split(
      ' ',
    ),
    ...'transpose append order rename seriesToColumns filterFields filterFrames noop ensureColumns convertFrameType'.split(
      ' ',
    ),
  ),
  'fields.gauge': object({ neutral: number }),

  'options.alertlist': object({
    alertInstanceLabelFilter: text,
    alertName: text,
    dashboardAlerts: flag,
    datasource: { type: ['string', 'null'] },
    folder: { type: ['object', 'null'], properties: { title: text, uid: text }, additionalProperties: false },
    groupBy: texts,
    groupMode: oneOf('default', 'custom'),
    maxItems: count(1),
    showInactiveAlerts: flag,
    showInstances: flag,
    sortOrder: oneOf(1, 2, 3, 4, 5),
    stateFilter: object({ error: flag, firing: flag, noData: flag, normal: flag, pending: flag, recovering: flag }),
    viewMode: oneOf('list', 'stat'),
  }),
  'options.traces': object({
    spanFilters: object({
      criticalPathOnly: flag,
      from: text,
      fromOperator: text,
      matchesOnly: flag,
      query: text,
      serviceName: text,
      serviceNameOperator: oneOf('=', '!='),
      spanName: text,
      spanNameOperator: oneOf('=', '!='),
      tags: { type: 'array', items: object({ id: text, key: text, operator: text, value: text }, ['id', 'operator']) },
      to: text,
      toOperator: text,
    }),
  }),

  'target.grafana': object(
    {
      buffer: number,
      channel: text,
      datasource: ref('DataSourceRef'),
      dropPercent: number,
      filter: { type: 'object' },
      hide: flag,
      max: number,
      min: number,
      noise: number,
      path: text,
      queryType: oneOf(
        'measurements',
        'annotations',
        'snapshot',
        'timeRegions',
        'randomWalk',
        'list',
        'read',
        'search',
      ),
      refId: text,
      search: { type: 'object' },
      seriesCount: number,
      snapshot: { type: 'array' },
      spread: number,
      startValue: number,
      timeRegion: { type: 'object' },
    },
    ['refId'],
  ),
  'annotation.grafana': object({
    limit: count(1),
    matchAny: flag,
    queryType: oneOf('annotations', 'timeRegions'),
    refId: text,
    tags: texts,
    timeRegion: { type: 'object' },
    type: oneOf('dashboard', 'tags'),
  }),
  VariableQuery: object({
    classicQuery: text,
    label: text,
    labelFilters: { type: 'array' },
    match: text,
    metric: text,
    qryType: oneOf(0, 1, 2, 3, 4, 5),
    query: text,
    refId: text,
    seriesQuery: text,
    stream: text,
    type: number,
    varQuery: text,
  }),
  AdHocFilter: object({ condition: text, key: text, operator: text, origin: text, value: text, values: texts }, [
    'key',
    'operator',
    'value',
  ]),
};

/** Units that are made with a prefix; the rest of the text is free. */
export const unitPrefixes = ['prefix', 'suffix', 'time', 'si', 'count', 'currency', 'bool'] as const;

/** Keys of a variable that the SDK's one type for all of them does not have. */
export const variableAdditions: Readonly<Record<string, JsonSchema>> = {
  baseFilters: listOf('AdHocFilter'),
  defaultKeys: { type: 'array', items: { type: 'object' } },
  filters: listOf('AdHocFilter'),
};
