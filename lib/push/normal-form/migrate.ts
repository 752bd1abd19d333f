import { isObject, objectAt, objectsAt, type Json } from '../../grafana-json/json';

/**
 * The dashboard as Grafana 12.3 makes it from one of an older schema, as far as that needs no list of its data sources: the browser and the v1beta1
 * API rewrite these parts. Each step has the number of the schema that it leads to. Changes what it gets.
 */
export const migrate = (dashboard: Json): void => {
  const { schemaVersion } = dashboard;
  if (typeof schemaVersion !== 'number') return;
  for (const [version, step] of steps) if (schemaVersion < version) step(dashboard);
};

const panelsOf = (parent: Json): Json[] =>
  objectsAt(parent, 'panels').flatMap(([panel]) => (panel['type'] === 'row' ? panelsOf(panel) : [panel]));

const steps: readonly (readonly [number, (dashboard: Json) => void])[] = [
  [
    29,
    (dashboard) => {
      for (const [variable] of objectsAt(objectAt(dashboard, 'templating'), 'list'))
        if (variable['type'] === 'query' && variable['refresh'] !== 1 && variable['refresh'] !== 2)
          variable['refresh'] = 1;
    },
  ],
  [
    37,
    (dashboard) => {
      for (const panel of panelsOf(dashboard)) {
        const { legend } = objectAt(panel, 'options');
        if (!isObject(legend)) continue;
        const isHidden = legend['displayMode'] === 'hidden' || legend['showLegend'] === false;
        Object.assign(legend, isHidden ? { displayMode: 'list', showLegend: false } : { showLegend: true });
      }
    },
  ],
  [
    39,
    (dashboard) => {
      for (const panel of panelsOf(dashboard))
        for (const [transformation] of objectsAt(panel, 'transformations')) {
          const { refIdToStat } = objectAt(transformation, 'options');
          if (transformation['id'] !== 'timeSeriesTable' || !isObject(refIdToStat)) continue;
          transformation['options'] = Object.fromEntries(
            Object.entries(refIdToStat).map(([refId, stat]) => [refId, { stat }]),
          );
        }
    },
  ],
  [
    40,
    (dashboard) => {
      if (typeof dashboard['refresh'] !== 'string') dashboard['refresh'] = '';
    },
  ],
  [
    42,
    (dashboard) => {
      for (const panel of panelsOf(dashboard))
        for (const [override] of objectsAt(objectAt(panel, 'fieldConfig'), 'overrides'))
          for (const [property] of objectsAt(override, 'properties'))
            if (property['id'] === 'custom.hideFrom' && objectAt(property, 'value')['viz'] === true)
              Object.assign(objectAt(property, 'value'), { tooltip: true });
    },
  ],
];
