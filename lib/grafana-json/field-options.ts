import { schemaProblems, whereItWent } from './explain';
import { objectAt, objectsAt, pathOf, textAt, type Json } from './json';
import { hint, type Problem } from './problem';
import { overrideIds, registeredFields, type PanelType } from './registered-fields';

/** What a panel says of its fields, beyond the shape that all panels share. */
export const fieldOptionProblems = (type: PanelType, panel: Json, path: string): Problem[] => {
  const config = objectAt(panel, 'fieldConfig');
  const defaults = objectAt(config, 'defaults');
  const at = pathOf(path, 'fieldConfig');
  return [
    ...schemaProblems(`custom.${type}`, objectAt(defaults, 'custom'), pathOf(at, 'defaults', 'custom')),
    ...unregistered(type, defaults, pathOf(at, 'defaults')),
    ...objectsAt(config, 'overrides').flatMap(([override, index]) =>
      overrideProblems(type, override, pathOf(at, 'overrides', index)),
    ),
  ];
};

const unregistered = (type: PanelType, defaults: Json, path: string): Problem[] => {
  const allowed: readonly string[] = registeredFields[type].standard;
  return Object.keys(defaults)
    .filter((key) => key !== 'custom' && !allowed.includes(key) && isStandard(key))
    .map((key) => ({
      path: pathOf(path, key),
      message: `Grafana drops \`${key}\` from a ${type} panel`,
      got: defaults[key],
      allowed,
    }));
};
const isStandard = (key: string): boolean => (registeredFields.timeseries.standard as readonly string[]).includes(key);

const overrideProblems = (type: PanelType, override: Json, path: string): Problem[] => {
  const matcher = objectAt(override, 'matcher');
  return [
    ...matcherProblems(matcher, pathOf(path, 'matcher')),
    ...objectsAt(override, 'properties').flatMap(([property, index]) =>
      propertyProblems(type, property, pathOf(path, 'properties', index)),
    ),
  ];
};

const propertyProblems = (type: PanelType, property: Json, path: string): Problem[] => {
  const id = textAt(property, 'id');
  if (id === undefined) return [];
  const allowed = overrideIds(type);
  if (!allowed.includes(id)) {
    const gone = id.startsWith('custom.') ? whereItWent(`custom.${type}`, id.slice('custom.'.length)) : undefined;
    return [
      {
        path: pathOf(path, 'id'),
        message: `no field option \`${id}\` in a ${type} panel${gone === undefined ? hint(id, allowed) : `: ${gone}`}`,
        got: id,
        allowed,
      },
    ];
  }
  // The value of an override is what would stand below the same name in the defaults.
  const steps = id.split('.');
  const definition = steps[0] === 'custom' ? `custom.${type}` : 'FieldConfig';
  const keys = steps[0] === 'custom' ? steps.slice(1) : steps;
  const whole = keys.reduceRight<unknown>((value, key) => ({ [key]: value }), property['value']);
  const prefix = pathOf('', ...keys);
  return schemaProblems(definition, whole, '').map((problem) => ({
    ...problem,
    path: `${pathOf(path, 'value')}${problem.path.slice(prefix.length)}`,
  }));
};

const matcherProblems = (matcher: Json, path: string): Problem[] => {
  const id = textAt(matcher, 'id');
  const wanted = id === undefined ? undefined : matcherOptions[id];
  const options = matcher['options'];
  if (wanted === undefined || wanted.fits(options)) return [];
  return [{ path: pathOf(path, 'options'), message: `matcher \`${id ?? ''}\` needs ${wanted.what}`, got: options }];
};

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const matcherOptions: Readonly<Record<string, { what: string; fits: (options: unknown) => boolean }>> = {
  byFrameRefID: { what: 'the refId of a target', fits: isText },
  byName: { what: 'the name of a field', fits: isText },
  byRegexp: {
    what: 'a regular expression that compiles',
    fits: (options) => isText(options) && compiles(String(options)),
  },
  byType: {
    what: 'the type of a field',
    fits: (options) =>
      ['time', 'number', 'string', 'boolean', 'trace', 'geo', 'other', 'enum', 'frame', 'nestedFrames'].includes(
        String(options),
      ),
  },
};

/** Grafana takes `/expression/flags` or the bare expression. */
const compiles = (text: string): boolean => {
  const [, source = text, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
};
