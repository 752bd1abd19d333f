import { counted, type Content, type Phase } from '../content';
import { during, isIn, scaled, steady, type Window } from '../time/course';

/**
 * What becomes of a series while an incident lasts. `to`: a value, for a counter its pace a second; `times`: that many times as
 * much; `rampTo`: towards a value, which it has at the end and keeps from then on; `slower`: each observation takes that many times as long; `absent`: the
 * series is not there; `present`: it is there, with this value, only then; `stays`: it keeps the value that it
 * has when the window begins.
 */
export type Becomes =
  | { readonly to: number }
  | { readonly times: number }
  | { readonly rampTo: number }
  | { readonly slower: number }
  | { readonly absent: true }
  | { readonly present: number }
  | { readonly stays: true };

/** The content of a series that is something else in a window. */
export const changed = (content: Content, becomes: Becomes, window: Window): Content => {
  if (typeof content === 'object')
    return content.kind === 'counted'
      ? counted(during([window], content.pace, paceOf(becomes, content.pace)), content.since)
      : { kind: 'observed', phases: content.phases.flatMap((phase) => phasesOf(phase, becomes, window)) };
  const usual = typeof content === 'number' ? () => content : content;
  return (time) => {
    const value = usual(time);
    if ('rampTo' in becomes && time >= window.to && value !== undefined) return becomes.rampTo;
    if (!isIn(window, time)) return value;
    if ('absent' in becomes) return undefined;
    if ('present' in becomes) return becomes.present;
    if ('to' in becomes) return value === undefined ? undefined : becomes.to;
    if (value === undefined) return undefined;
    if ('stays' in becomes) return usual(window.from);
    if ('times' in becomes) return value * becomes.times;
    if ('slower' in becomes) return value * becomes.slower;
    const start = usual(window.from) ?? value;
    return start + ((becomes.rampTo - start) * (time - window.from)) / (window.to - window.from);
  };
};

const paceOf = (becomes: Becomes, pace: Phase['pace']): Phase['pace'] =>
  'to' in becomes
    ? steady(becomes.to)
    : 'times' in becomes
      ? scaled(pace, becomes.times)
      : 'stays' in becomes
        ? steady(0)
        : pace;

const phasesOf = ({ pace, typical }: Phase, becomes: Becomes, window: Window): readonly Phase[] =>
  'slower' in becomes
    ? [
        { pace: during([window], pace, steady(0)), typical },
        { pace: during([window], steady(0), pace), typical: typical * becomes.slower },
      ]
    : [{ pace: during([window], pace, paceOf(becomes, pace)), typical }];
