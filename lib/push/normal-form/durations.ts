import { formatDuration, readSeconds } from '../../duration';

/** A duration in its one spelling, `90s` as `1m30s`; what is none stays. */
export const normalDuration = (duration: unknown): unknown => {
  const seconds = typeof duration === 'string' ? readSeconds(duration.trim()) : undefined;
  return seconds === undefined || !Number.isInteger(seconds) || seconds > longest ? duration : formatDuration(seconds);
};

/** Beyond this, numbers are no longer exact. */
const longest = Number.MAX_SAFE_INTEGER;

/** Seconds of a duration or of a number of them; what is neither stays. */
export const normalSeconds = (interval: unknown): unknown =>
  typeof interval === 'string' ? (readSeconds(interval.trim()) ?? interval) : interval;
