/** The part of `process` that tells of Ctrl-C. */
export interface Interrupts {
  on(event: 'SIGINT', listen: () => void): unknown;
  off(event: 'SIGINT', listen: () => void): unknown;
}

/**
 * A signal that the first Ctrl-C aborts, so that what is under way can end; the second calls `end`. `stop` gives Ctrl-C its usual meaning back.
 */
export const onInterrupt = (
  source: Interrupts,
  tell: () => void,
  end: () => void,
): { readonly signal: AbortSignal; readonly stop: () => void } => {
  const controller = new AbortController();
  const listen = (): void => {
    if (controller.signal.aborted) return end();
    controller.abort();
    tell();
  };
  source.on('SIGINT', listen);
  return { signal: controller.signal, stop: () => void source.off('SIGINT', listen) };
};
