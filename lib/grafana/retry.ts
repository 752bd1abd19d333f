import { RefusedError, UnreachableError } from './errors';

/** Once, and four more times. */
export const attempts = 5;
/** Milliseconds; a server that asks for a longer pause has something that waiting does not mend. */
const longestPause = 60_000;
const [firstPause, largestPause] = [500, 10_000];

/** Grafana's and proxies' ways of saying "not now". 499: Grafana saw the client go away. */
const passingStatuses: ReadonlySet<number> = new Set([429, 499, 502, 503, 504]);

/** Whether the same request may go well a moment later. Says nothing of whether a repeat is harmless. */
export const mayPass = (error: unknown): boolean =>
  (error instanceof UnreachableError && error.passing !== undefined) ||
  (error instanceof RefusedError && passingStatuses.has(error.status));

/**
 * Milliseconds to wait before an attempt (the second is 1); undefined where it is not worth it. What the server asks for, else a random
 * part of 0.5, 1, 2, 4 s (full jitter), so that several pushes that failed together do not meet again.
 */
export const pauseBefore = (attempt: number, error: unknown, random: () => number): number | undefined => {
  if (attempt >= attempts) return undefined;
  // Who refuses connections is down: half a minute of pauses would only hide that.
  if (error instanceof UnreachableError && error.passing === 'refused' && attempt > 2) return undefined;
  // The whole patience was used up already.
  if (error instanceof UnreachableError && error.passing === 'slow' && attempt > 1) return undefined;
  const asked = error instanceof RefusedError ? error.retryAfter : undefined;
  if (asked !== undefined) return asked <= longestPause ? asked : undefined;
  return Math.round(random() * Math.min(largestPause, firstPause * 2 ** (attempt - 1)));
};
