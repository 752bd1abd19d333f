import type { Fix } from '../finding';
import type { Query } from '../subject';

interface Written {
  readonly from: number;
  readonly to: number;
}

/** Writes a matcher in another way, the rest of its query as it is; undefined where nothing would change. */
export const editedMatcher = (
  query: Query,
  { from, to }: Written,
  edit: (written: string) => string,
): Fix | undefined => {
  const before = query.text.slice(from, to);
  const after = edit(before);
  if (after === before) return undefined;
  return {
    at: query.at,
    span: { from: query.from + from, to: query.from + to },
    value: after,
    says: `writes ${after} for ${before}`,
  };
};
