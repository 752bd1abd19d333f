/** An object of parsed JSON. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sets a key, whatever it is called: to assign to `__proto__` would change what the object inherits instead. */
export const put = (object: Record<string, unknown>, key: string, value: unknown): void => {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
};

/** The same JSON, for who changes it: a third of the time of `structuredClone`. What is undefined is left out. */
export const copyOf = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  const result: Json = {};
  for (const key of Object.keys(value)) {
    const item = (value as Json)[key];
    if (item !== undefined) put(result, key, copyOf(item));
  }
  return result as Value;
};

/** The object below a key, or an empty one. */
export const objectAt = (parent: unknown, key: string): Json => {
  const value = isObject(parent) ? parent[key] : undefined;
  return isObject(value) ? value : {};
};

/** The objects in the list below a key, each with its index; what is no object is somebody else's finding. */
export const objectsAt = (parent: unknown, key: string): [Json, number][] => {
  const value = isObject(parent) ? parent[key] : undefined;
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index): [Json, number][] => (isObject(item) ? [[item, index]] : []));
};

export const textAt = (parent: unknown, key: string): string | undefined => {
  const value = isObject(parent) ? parent[key] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** `panels[3].options["a b"]`. */
export const pathOf = (base: string, ...steps: readonly (string | number)[]): string =>
  steps.reduce<string>((path, step) => {
    if (typeof step === 'number' || /^\d+$/.test(step)) return `${path}[${step}]`;
    if (!/^[A-Za-z_]\w*$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === '' ? step : `${path}.${step}`;
  }, base);

/** Visits every text in a value; the steps to it are only good during the visit. */
export const eachText = (
  value: unknown,
  visit: (text: string, key: string, steps: readonly (string | number)[]) => void,
  steps: (string | number)[] = [],
): void => {
  if (typeof value === 'string') return visit(value, String(steps.at(-1) ?? ''), steps);
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    // Most of a dashboard is numbers and choices: those are passed over before anything is made for them.
    if (typeof item !== 'string' && (typeof item !== 'object' || item === null)) continue;
    steps.push(isList ? Number(key) : key);
    eachText(item, visit, steps);
    steps.pop();
  }
};
