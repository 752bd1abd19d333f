import { panelId } from '../dashboards/panel-id';

/** A few characters that stand for a text. */
export const hashOf = (text: string): string => panelId(text).toString(36);

/** A text as a part of names: lower-case letters, digits and dashes. What is too long is cut, and what is cut or empty gets a hash, so that two stay two. */
export const slugOf = (text: string, longest: number): string => {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug !== '' && slug.length <= longest) return slug;
  const hash = hashOf(text);
  return slug === '' ? hash : `${slug.slice(0, longest - hash.length - 1).replace(/-$/, '')}-${hash}`;
};
