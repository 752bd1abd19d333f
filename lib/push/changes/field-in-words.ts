import type { FieldChange } from '../../review/changes/change';

/** `threshold 80 % to 90 %`, `query changed`. */
export const fieldInWords = ({ field, was, is }: FieldChange): string =>
  was === undefined || is === undefined ? `${field} changed` : `${field} ${was} to ${is}`;
