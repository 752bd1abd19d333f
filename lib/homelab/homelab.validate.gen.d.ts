import type { ErrorObject } from 'ajv';

/** The homelab file's JSON Schema as a function, which leaves what it found wrong in `errors`. */
export declare const validate: {
  (value: unknown): boolean;
  errors?: null | ErrorObject[];
};
