import { grafanaDefaults, withoutDefaults } from './grafana-defaults';
import { isObject, objectAt, objectsAt, textAt, type Json } from './json';
import { commonVariableKeys, variableKeys } from './variable-keys';

/** Where a correction is made: once for each such part of a dashboard. */
export type Part =
  'dashboard' | 'dashboardLink' | 'dataLink' | 'annotation' | 'variable' | 'row' | 'panel' | 'thresholds';

/** Something that the SDK writes and that is wrong for Grafana, or that Grafana does not need. */
export interface Correction {
  readonly name: string;
  readonly part: Part;
  readonly why: string;
  /** Changes the part, which is a copy of our own. */
  readonly apply: (part: Json) => void;
}

/** In the order in which they are made. Each has a test that fails as soon as the SDK no longer needs it. */
export const corrections: readonly Correction[] = [
  {
    name: 'dashboard-lists',
    part: 'dashboard',
    why: 'the SDK writes `templating: {}` and `annotations: {}` where there are none; readers expect the list',
    apply: (dashboard) => {
      for (const key of ['templating', 'annotations']) dashboard[key] = { list: [], ...objectAt(dashboard, key) };
    },
  },
  {
    name: 'dashboard-defaults',
    part: 'dashboard',
    why: 'Grafana has the same defaults; `timezone` stays, because without it everybody sees their own',
    apply: (dashboard) =>
      dropEqual(dashboard, {
        editable: true,
        fiscalYearStartMonth: 0,
        graphTooltip: 0,
        links: [],
        liveNow: false,
        preload: false,
        tags: [],
      }),
  },
  {
    name: 'time-picker-defaults',
    part: 'dashboard',
    why: 'Grafana has the same intervals, and saves a list of its own over them',
    apply: (dashboard) => {
      const picker = dashboard['timepicker'];
      if (!isObject(picker)) return;
      dropEqual(picker, {
        hidden: false,
        refresh_intervals: ['5s', '10s', '30s', '1m', '5m', '15m', '30m', '1h', '2h', '1d'],
      });
      dropEmpty(dashboard, 'timepicker');
    },
  },
  {
    name: 'link-placement',
    part: 'dashboardLink',
    why: 'the SDK puts every link into the controls menu, where since 12.3 nobody sees it',
    apply: (link) => delete link['placement'],
  },
  {
    name: 'link-defaults',
    part: 'dashboardLink',
    why: 'absent is the same to Grafana',
    apply: (link) => {
      dropEqual(link, {
        asDropdown: false,
        icon: '',
        includeVars: false,
        keepTime: false,
        targetBlank: false,
        tooltip: '',
      });
      if (link['type'] === 'link') dropEqual(link, { tags: [] });
    },
  },
  {
    name: 'data-link-keys',
    part: 'dataLink',
    why: 'the SDK makes links of panels and fields from dashboard links; of their keys these have only title, url and targetBlank',
    apply: (link) => {
      dropEqual(link, {
        asDropdown: false,
        icon: '',
        includeVars: false,
        keepTime: false,
        tags: [],
        targetBlank: false,
        tooltip: '',
      });
      dropEqual(link, { placement: 'inControlsMenu', type: 'link' });
    },
  },
  {
    name: 'annotation-placement',
    part: 'annotation',
    why: 'the SDK puts every annotation switch into the controls menu, where since 12.3 nobody sees it',
    apply: (annotation) => delete annotation['placement'],
  },
  {
    name: 'annotation-defaults',
    part: 'annotation',
    why: 'absent is the same to Grafana',
    apply: (annotation) => dropEqual(annotation, { builtIn: 0, hide: false }),
  },
  {
    name: 'variable-foreign-keys',
    part: 'variable',
    why: 'the SDK gives all variables the keys of all types; Grafana drops those that are foreign to theirs',
    apply: (variable) => {
      const own = variableKeys[textAt(variable, 'type') ?? ''];
      if (own === undefined) return;
      const foreign: readonly string[] = ['auto', 'auto_count', 'auto_min', 'multi', 'includeAll', 'allowCustomValue'];
      const keep: readonly string[] = [...own, ...commonVariableKeys];
      for (const key of foreign) if (!keep.includes(key)) delete variable[key];
    },
  },
  {
    name: 'variable-defaults',
    part: 'variable',
    why: 'Grafana has the same defaults',
    apply: (variable) => {
      if (variable['auto'] === false) for (const key of ['auto', 'auto_count', 'auto_min']) delete variable[key];
      if (variable['type'] !== 'constant') dropEqual(variable, { skipUrlSync: false });
      dropEqual(variable, { allowCustomValue: true, hide: 0, includeAll: false, label: '', multi: false, sort: 0 });
    },
  },
  {
    name: 'variable-refresh',
    part: 'variable',
    why: 'the SDK writes no `refresh`: a query variable then never loads its values',
    apply: (variable) => {
      if (variable['type'] === 'query' && ![1, 2].includes(Number(variable['refresh']))) variable['refresh'] = 1;
      if (variable['type'] === 'datasource') variable['refresh'] = 1;
      if (variable['type'] === 'interval') variable['refresh'] ??= 2;
    },
  },
  {
    name: 'interval-current',
    part: 'variable',
    why: 'Grafana skips an interval variable without `current`, and the next save in a browser loses it',
    apply: (variable) => {
      if (variable['type'] !== 'interval' || variable['current'] !== undefined) return;
      const first = textAt(variable, 'query')?.split(',')[0]?.trim();
      if (first) variable['current'] = { text: first, value: first };
    },
  },
  {
    name: 'constant-hidden',
    part: 'variable',
    why: "a constant is nobody's choice: Grafana keeps it out of sight and out of addresses, and the SDK out of sight only",
    apply: (variable) => {
      if (variable['type'] === 'constant') Object.assign(variable, { hide: 2, skipUrlSync: true });
    },
  },
  {
    name: 'row-id',
    part: 'row',
    why: 'the SDK gives every row the id 0, which Grafana replaces; ids come from whoever lays the dashboard out',
    apply: (row) => dropEqual(row, { id: 0 }),
  },
  {
    name: 'panel-defaults',
    part: 'panel',
    why: 'Grafana has the same defaults, and drops them itself at the next save',
    apply: (panel) => {
      dropEqual(panel, { links: [], title: '', transformations: [], transparent: false });
      if (panel['repeat'] === undefined) delete panel['repeatDirection'];
    },
  },
  {
    name: 'reduce-calcs',
    part: 'panel',
    why: "the SDK writes an empty list, which means `last` and is often null; Grafana's own default is lastNotNull",
    apply: (panel) => {
      const reduce = objectAt(panel, 'options')['reduceOptions'];
      if (isObject(reduce) && Array.isArray(reduce['calcs']) && reduce['calcs'].length === 0)
        reduce['calcs'] = ['lastNotNull'];
    },
  },
  {
    name: 'tooltip-sort',
    part: 'panel',
    why: 'the SDK sorts every tooltip, upwards; Grafana does not, and where one series is shown there is nothing to sort',
    apply: (panel) => {
      const tooltip = objectAt(objectAt(panel, 'options'), 'tooltip');
      if (tooltip['mode'] !== 'multi') dropEqual(tooltip, { sort: 'asc' });
    },
  },
  {
    name: 'timeline-pages',
    part: 'panel',
    why: 'the SDK puts twenty rows on a page, and page buttons under every timeline; Grafana has pages where somebody asks for them',
    apply: (panel) => {
      const type = textAt(panel, 'type') ?? '';
      if (['state-timeline', 'status-history'].includes(type)) dropEqual(objectAt(panel, 'options'), { perPage: 20 });
    },
  },
  {
    name: 'heatmap-colours',
    part: 'panel',
    why: 'the SDK starts the colours of a heatmap and of its exemplars from nothing, so that what nobody set draws nothing',
    apply: (panel) => {
      if (panel['type'] !== 'heatmap') return;
      dropEqual(objectAt(objectAt(panel, 'options'), 'color'), { exponent: 0, fill: '', scheme: '', steps: 0 });
      dropEqual(objectAt(objectAt(panel, 'options'), 'exemplars'), { color: '' });
    },
  },
  {
    name: 'table-footer',
    part: 'panel',
    why: 'Grafana 12.3 has no such option any more; footers are a field option',
    apply: (panel) => {
      const footer = objectAt(objectAt(panel, 'options'), 'footer');
      if (panel['type'] === 'table' && footer['show'] !== true) delete objectAt(panel, 'options')['footer'];
    },
  },
  {
    name: 'threshold-base',
    part: 'thresholds',
    why: 'the base colour has no value; the SDK makes it 0, and a missing one is read as the same',
    apply: (thresholds) => {
      const [first] = objectsAt(thresholds, 'steps');
      if (first !== undefined && !first[0]['value']) first[0]['value'] = null;
    },
  },
  {
    name: 'option-defaults',
    part: 'panel',
    why: 'Grafana fills in the same values when it draws the panel',
    apply: (panel) => {
      const known = grafanaDefaults[textAt(panel, 'type') ?? ''];
      const defaults = objectAt(objectAt(panel, 'fieldConfig'), 'defaults');
      if (known !== undefined && isObject(panel['options'])) {
        panel['options'] = withoutDefaults(panel['options'], known.options ?? {});
      }
      if (known !== undefined && isObject(defaults['custom'])) {
        defaults['custom'] = withoutDefaults(defaults['custom'], known.custom ?? {});
      }
      dropEmpty(panel, 'options');
      dropEmpty(defaults, 'custom');
    },
  },
  {
    name: 'field-config-empty',
    part: 'panel',
    why: 'the SDK gives panels field options that say nothing; where there are some, both halves are expected',
    apply: (panel) => {
      const config = panel['fieldConfig'];
      if (!isObject(config)) return;
      dropEmpty(objectAt(config, 'defaults'), 'custom');
      panel['fieldConfig'] = {
        ...config,
        defaults: objectAt(config, 'defaults'),
        overrides: config['overrides'] ?? [],
      };
      if (Object.keys(objectAt(config, 'defaults')).length > 0 || objectsAt(config, 'overrides').length > 0) return;
      delete panel['fieldConfig'];
    },
  },
];

const dropEqual = (part: Json, usual: Json): void => {
  for (const [key, value] of Object.entries(usual)) {
    if (JSON.stringify(part[key]) === JSON.stringify(value)) delete part[key];
  }
};

const dropEmpty = (parent: Json, key: string): void => {
  const value = parent[key];
  if (isObject(value) && Object.keys(value).length === 0) delete parent[key];
};
