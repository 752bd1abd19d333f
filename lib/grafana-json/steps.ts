import { isObject, objectAt, objectsAt, pathOf, type Json } from './json';
import { panelsIn } from './panels';
import { inPanel, type Problem } from './problem';

/** Thresholds: a base colour without a value, then rising values. */
export const checkSteps = (dashboard: Json): Problem[] =>
  panelsIn(dashboard).flatMap(({ panel, path }) => {
    const config = objectAt(panel, 'fieldConfig');
    const at = pathOf(path, 'fieldConfig');
    return inPanel(panel, [
      ...stepProblems(objectAt(config, 'defaults')['thresholds'], pathOf(at, 'defaults', 'thresholds')),
      ...shareProblems(objectAt(config, 'defaults'), pathOf(at, 'defaults', 'thresholds')),
      ...objectsAt(config, 'overrides').flatMap(([override, index]) =>
        objectsAt(override, 'properties').flatMap(([property, propertyIndex]) =>
          property['id'] === 'thresholds'
            ? stepProblems(property['value'], pathOf(at, 'overrides', index, 'properties', propertyIndex, 'value'))
            : [],
        ),
      ),
    ]);
  });

const stepProblems = (thresholds: unknown, path: string): Problem[] => {
  if (!isObject(thresholds)) return [];
  const steps = objectsAt(thresholds, 'steps');
  if (steps.length === 0) return [{ path: pathOf(path, 'steps'), message: 'has no step: not even a base colour' }];
  return steps.flatMap(([step, index]): Problem[] => {
    const at = pathOf(path, 'steps', index, 'value');
    const value = step['value'];
    if (index === 0) {
      return value === null || value === undefined
        ? []
        : [{ path: at, message: 'the first step is the base colour: its value is null', got: value }];
    }
    if (typeof value !== 'number')
      return value === null || value === undefined
        ? [{ path: at, message: 'only the first step has no value', got: value }]
        : [];
    const before = steps[index - 1]?.[0]['value'];
    if (typeof before !== 'number' || before < value) return [];
    return [{ path: at, message: `must be above ${before}, the step before it`, got: value }];
  });
};

/** With `percentunit` 1 is 100 %, so a step of 80 stands at 8000 % and is never reached. */
const shareProblems = (defaults: Json, path: string): Problem[] => {
  const thresholds = defaults['thresholds'];
  if (defaults['unit'] !== 'percentunit' || !isObject(thresholds) || thresholds['mode'] === 'percentage') return [];
  return objectsAt(thresholds, 'steps').flatMap(([step, index]): Problem[] => {
    const value = step['value'];
    if (typeof value !== 'number' || value <= 10) return [];
    const at = pathOf(path, 'steps', index, 'value');
    return [
      {
        path: at,
        message: `stands at ${value * 100} %: with the unit \`percentunit\` 1 is 100 % (did you mean ${value / 100}?)`,
        got: value,
      },
    ];
  });
};
