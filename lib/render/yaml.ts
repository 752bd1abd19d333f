/**
 * One YAML document with a line on top that says where it comes from. Keys stay in the order given, undefined ones are left out,
 * long lines are not folded. Written out here because files of ours hold nothing but lists, maps and scalars, and a library for all
 * of YAML took a third of the time that rendering takes in one process.
 */
export const toYaml = (value: unknown, about: string): string =>
  `# ${about}\n# Written by homelab-dashboards from your homelab file: change that, then render again.\n${block(value, '').replace(/^\n/, '')}\n`;

/** A value after its key or dash: scalars and empty collections on the line, others below it, indented. */
const block = (value: unknown, indent: string): string => {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []';
    return value.map((item) => `\n${indent}-${nested(item, `${indent}  `)}`).join('');
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    if (entries.length === 0) return ' {}';
    return entries
      .map(
        ([key, item]) =>
          `\n${indent}${scalar(key)}:${block(item, isList(item) || isMap(item) ? `${indent}  ` : indent)}`,
      )
      .join('');
  }
  return ` ${scalar(value)}`;
};

/** An item of a list: a map begins on the dash's own line. */
const nested = (item: unknown, indent: string): string =>
  isMap(item) || isList(item) ? ` ${block(item, indent).replace(/^\s+/, '')}` : block(item, indent);

const isList = (value: unknown): boolean => Array.isArray(value);
const isMap = (value: unknown): boolean => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Plain where no reader of YAML could take it for anything but this text, else quoted as in JSON, which is YAML too. */
const scalar = (value: unknown): string => {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  return isPlain(value) ? value : JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
};

/** Whether a text is written without quotes. */
export const isPlain = (text: string): boolean =>
  /^[A-Za-z_/][\w ./()@+*-]*$/.test(text) &&
  !/\s$/.test(text) &&
  !/^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i.test(text);
