import type { Json } from '../../grafana-json/json';

/** A value as JSON has it: what is undefined is left out, nothing is shared with what it was made of. */
export const plain = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;
