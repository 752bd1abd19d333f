import { grown, type Value } from '../content';
import { isIn } from '../time/course';
import { windowsOf, type World } from '../world/world';

/** How many things of each kind a media server has; all exporters of it count the same. */
export interface MediaLibrary {
  readonly movies: Value;
  readonly series: Value;
  readonly seasons: Value;
  readonly episodes: Value;
  readonly albums: Value;
  readonly artists: Value;
  readonly songs: Value;
  readonly books: Value;
  /** What the files of each kind take, in bytes: as much as there are of them, whatever else comes and goes on their disk. */
  readonly bytes: Readonly<Record<'movies' | 'episodes' | 'songs' | 'books', Value>>;
}

/** So much of a library: what a second app of a kind, or one for something rarer, looks after. */
export const partOf = (library: MediaLibrary, part: number): MediaLibrary => {
  const less =
    (of: Value): Value =>
    (time) =>
      Math.round((of(time) ?? 0) * part);
  const { bytes, ...things } = library;
  const all = <K extends string>(of: Readonly<Record<K, Value>>): Record<K, Value> =>
    Object.fromEntries(Object.entries<Value>(of).map(([kind, value]) => [kind, less(value)])) as Record<K, Value>;
  return { ...all(things), bytes: all(bytes) };
};

/** Bytes of a usual one. */
const usualSize = { movies: 3e9, episodes: 3.1e8, songs: 3e7, books: 1.2e7 } as const;

/** The library of a media server; next to nothing is left of it while it has collapsed, as when a disk is not mounted. */
export const libraryOf = (world: World, service: string): MediaLibrary => {
  const collapses = windowsOf(world, 'library-collapsed', service);
  const left = (time: number): number => (collapses.some((window) => isIn(window, time)) ? 0.02 : 1);
  const things =
    (base: number, perDay: number): Value =>
    (time) =>
      Math.floor((grown(base, perDay)(time) ?? 0) * left(time));
  const files = {
    movies: things(812, 0.4),
    episodes: things(5_230, 2.2),
    songs: things(4_100, 1),
    books: things(260, 0.2),
  };
  const bytesOf =
    (kind: keyof typeof files): Value =>
    (time) =>
      (files[kind](time) ?? 0) * usualSize[kind];
  return {
    ...files,
    series: things(94, 0.03),
    seasons: things(410, 0.1),
    albums: things(340, 0.1),
    artists: things(121, 0.02),
    bytes: {
      movies: bytesOf('movies'),
      episodes: bytesOf('episodes'),
      songs: bytesOf('songs'),
      books: bytesOf('books'),
    },
  };
};
