import { stringify } from 'yaml';

/** One YAML document with a line on top that says where it comes from. Keys stay in the order given; long lines are not folded. */
export const toYaml = (value: unknown, about: string): string =>
  `# ${about}\n# Written by homelab-dashboards from your homelab file: change that, then render again.\n${stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })}`;
