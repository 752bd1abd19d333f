/** `graphMode` -> `graph mode`, `custom.cellOptions.type` -> `cell options type`. */
export const nameInWords = (path: string): string =>
  path
    .replace(/^(options|fieldConfig\.defaults)\./, '')
    .replace(/^custom\./, '')
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll('.', ' ');

/** A value of an option as one reads it. */
export const optionInWords = (value: unknown): string => {
  if (value === undefined) return 'not set';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(optionInWords).join(', ');
  return typeof value === 'string' ? value || 'empty' : JSON.stringify(value);
};
