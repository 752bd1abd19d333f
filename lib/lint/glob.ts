/**
 * Whether a pattern fits a whole text: `?` is one character, `*` any number of them, neither with a `/`; `**` any text at all, and
 * with a slash behind it any folders or none. In time proportional to both lengths, whatever a stranger writes.
 */
export const glob = (pattern: string, text: string): boolean => {
  let reached = new Set([0]);
  for (const part of pattern.match(/\*\*\/|\*\*|\*|\?|[^*?]/gsu) ?? []) {
    reached = step(part, reached, text);
    if (reached.size === 0) return false;
  }
  return reached.has(text.length);
};

/** The places in the text that are reached behind one part of the pattern. */
const step = (part: string, reached: ReadonlySet<number>, text: string): Set<number> => {
  const next = new Set<number>();
  if (part === '**' || part === '*' || part === '**/') {
    let open = false;
    for (let at = 0; at <= text.length; at++) {
      if (part === '*' && text[at - 1] === '/') open = false;
      if (part === '**/' ? reached.has(at) || (open && text[at - 1] === '/') : reached.has(at) || open) next.add(at);
      open ||= reached.has(at);
    }
    return next;
  }
  for (const at of reached)
    if (part === '?' ? at < text.length && text[at] !== '/' : text.startsWith(part, at))
      next.add(at + (part === '?' ? 1 : part.length));
  return next;
};
