/** A whole number below 2^32 that a text always gives: what looks random in the fleet comes from here. */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  // FNV leaves texts that differ in their last letter close together.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** A number from 0 up to, not including, 1 that a text always gives. */
export const fractionOf = (text: string): number => hashOf(text) / 2 ** 32;
