import type { EnvironmentReference } from '../homelab/homelab';

/** `$` as Grafana's provisioning wants it in a text that it expands (`pkg/services/provisioning/values`): `$$`. */
export const escapeDollar = (text: string): string => text.replaceAll('$', '$$$$');

/** Parts of an alerting file that Grafana takes as they are; it expands `$` in every other text (12.3, `provisioning/alerting/*_types.go`). */
const takenAsItIs = new Set(['annotations', 'model', 'relativeTimeRange', 'muteTimes', 'templates']);

/** The value of a variable behind a text of ours, which keeps it a text: alone, what looks like a number would become one. */
export interface EnvironmentText extends EnvironmentReference {
  readonly before?: string;
}

/** What an alerting file holds: plain data, and references to environment variables, which only Grafana reads. */
export type AlertingValue =
  | string
  | number
  | boolean
  | EnvironmentText
  | readonly AlertingValue[]
  | { readonly [key: string]: AlertingValue | undefined };

/** An alerting file as it must be written: `$` doubled where Grafana would expand it, references as `${NAME}`. Keys are never expanded. */
export const escapeAlertingFile = (file: AlertingValue): unknown => {
  if (typeof file === 'string') return escapeDollar(file);
  if (Array.isArray(file)) return file.map(escapeAlertingFile);
  if (typeof file !== 'object') return file;
  if (isReference(file)) return `${escapeDollar(file.before ?? '')}\${${file.env}}`;
  return Object.fromEntries(
    Object.entries(file).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, takenAsItIs.has(key) ? value : escapeAlertingFile(value)]],
    ),
  );
};

const isReference = (value: object): value is EnvironmentText =>
  'env' in value && Object.keys(value).every((key) => key === 'env' || key === 'before');
