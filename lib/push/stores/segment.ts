/** A name as a part of a path: `a/b` is `a%2Fb`. */
export const segment = (name: string): string => encodeURIComponent(name);
