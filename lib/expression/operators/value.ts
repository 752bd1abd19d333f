import { leavesOf, makeExpression, type Call, type Expression } from '../expression';
import { divide, number, subtract } from './between';

const now: Expression = makeExpression({ kind: 'time' }, []);

/** Seconds since the moment that a timestamp (since 1970) holds. */
export const age = <L extends string>(of: Expression<L>): Expression<L> => subtract(now, inSeconds('age', of));
/** Seconds until the moment that a timestamp holds. */
export const timeLeft = <L extends string>(of: Expression<L>): Expression<L> =>
  subtract(inSeconds('timeLeft', of), now);

/** Refuses what the catalog knows to be no timestamp, and takes milliseconds for what they are. */
const inSeconds = <L extends string>(operator: string, of: Expression<L>): Expression<L> => {
  const units = new Set(leavesOf(of).flatMap(({ facts }) => facts.unit ?? []));
  const [wrong] = [...units].filter((unit) => !unit.startsWith('timestamp_'));
  if (wrong) throw new Error(`${operator} of what is in ${wrong}: it takes a moment, in seconds since 1970`);
  return units.has('timestamp_milliseconds') ? divide(of, 1000) : of;
};

/** The moment of each value, in seconds since 1970. Over what the panel shows it says when something was seen last. */
export const momentOf = <L extends string>(of: Expression<L>): Expression<L> => call('timestamp', of);

/** Keeps the value between two limits. */
export const clamp = <L extends string>(of: Expression<L>, lowest: number, highest: number): Expression<L> =>
  call('clamp', of, lowest, highest);

export const abs = <L extends string>(of: Expression<L>): Expression<L> => call('abs', of);

/** Fires always: for the message whose absence is noticed. */
export const always = (): Expression => makeExpression({ kind: 'always' }, []);

/** The same number at every moment: for limits that are drawn as a line. */
export const constant = number;

const call = <L extends string>(
  name: Call['function'],
  of: Expression<L>,
  ...after: readonly number[]
): Expression<L> => makeExpression({ kind: 'call', function: name, before: [], of, after }, of.labels);
