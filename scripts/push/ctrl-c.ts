import { onInterrupt } from '../../lib/push/interrupt';

/** From now on Ctrl-C ends a push after what is under way, and a second one at once, with exit code 4. */
export const onCtrlC = (): ReturnType<typeof onInterrupt> =>
  onInterrupt(
    process,
    () => process.stderr.write('\nstopping: what is under way ends first; Ctrl-C again ends at once\n'),
    () => process.exit(4),
  );
