import { nearest } from '../../nearest';

/** Whether a name was meant to be another one: a letter off, or in another case. */
export const isCloseTo = (wanted: string, name: string): boolean =>
  name !== wanted && (name.toLowerCase() === wanted || (name.length > 4 && nearest(name, [wanted]).length > 0));
