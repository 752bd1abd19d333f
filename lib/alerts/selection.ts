import { allows, intersect, type Allowed, type Limits } from '../expression/narrow';

/** Label sets: those in which every label named is as allowed. A label that is not there is an empty text. */
export type Box = Limits;

/** Label sets as boxes of which no two share one. No boxes: none; one without labels: all. */
export type Selection = readonly Box[];

export const everything: Selection = [{}];

/** Labels with the values that fit, as a homelab file matches them. */
export type Match = Readonly<Record<string, readonly string[]>>;

/** What of the selection fits. */
export const fitting = (selection: Selection, match: Match): Selection =>
  selection.flatMap((box) => {
    const inside = Object.entries(match).reduce<Box | undefined>(
      (inner, [label, values]) => inner && allow(inner, label, { in: values }),
      box,
    );
    return inside ? [inside] : [];
  });

/** What of the selection does not fit. A box that it cuts: the first label differs, or it does not and the second does, and so on. */
export const without = (selection: Selection, match: Match): Selection =>
  selection.flatMap((box) => {
    if (fitting([box], match).length === 0) return [box];
    const outside: Box[] = [];
    let same: Box | undefined = box;
    for (const [label, values] of Object.entries(match)) {
      const differs: Box | undefined = same && allow(same, label, { notIn: values });
      if (differs) outside.push(differs);
      same = same && allow(same, label, { in: values });
    }
    return outside;
  });

/** Whether a label set is in it. */
export const holds = (selection: Selection, labels: Readonly<Record<string, string>>): boolean =>
  selection.some((box) => Object.entries(box).every(([label, allowed]) => allows(allowed, labels[label] ?? '')));

/** Who gets what: the first match wins, `except` gets nothing, and `base` is all others. Together they hold each label set once at most. */
export const partition = (
  except: readonly Match[],
  matches: readonly Match[],
): { readonly base: Selection; readonly parts: readonly Selection[] } => {
  let rest: Selection = except.reduce<Selection>(without, everything);
  const parts = matches.map((match) => {
    const part = fitting(rest, match);
    rest = without(rest, match);
    return part;
  });
  return { base: rest, parts };
};

/** The box with one label limited further; undefined where nothing is left. */
const allow = (box: Box, label: string, allowed: Allowed): Box | undefined => {
  const both = intersect(box[label], allowed);
  return both && { ...box, [label]: both };
};
