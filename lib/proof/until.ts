/** How long a thing may take, and how often it is looked at, in milliseconds. */
export interface Patience {
  readonly within: number;
  readonly every?: number;
}

/**
 * Looks again and again until `look` gives something, and gives that. Never sleeps a fixed time: a quick machine goes on at once, a
 * slow one has the time it needs. Throws with what was awaited and what the last look said.
 *
 * @example await until('two scrapes', async () => (await scrapes()) >= 2, { within: 20_000 });
 */
export const until = async <T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { within, every = 100 }: Patience,
): Promise<T> => {
  const started = Date.now();
  let last = 'nothing was seen';
  while (true) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen as T;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
      if (error instanceof Hopeless) throw error;
    }
    if (Date.now() - started > within) throw new Error(`waited ${within / 1000} s for ${what}: ${last}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
};

/** Ends the waiting at once: what is awaited cannot come any more. */
export class Hopeless extends Error {}
