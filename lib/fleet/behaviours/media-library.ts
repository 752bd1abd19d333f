import { grown, type Amount } from '../content';
import { isIn } from '../time/course';
import { isSecond, windowsOf, type World } from '../world/world';

/** How many things of each kind a media server has; all exporters of it count the same. */
export interface MediaLibrary {
  readonly movies: Amount;
  readonly series: Amount;
  readonly seasons: Amount;
  readonly episodes: Amount;
  readonly albums: Amount;
  readonly artists: Amount;
  readonly songs: Amount;
  readonly books: Amount;
  /** What the files of each kind take, in bytes: as much as there are of them, whatever else comes and goes on their disk. */
  readonly bytes: Readonly<Record<'movies' | 'episodes' | 'songs' | 'books', Amount>>;
}

/** So much of a library: what a second app of a kind, or one for something rarer, looks after. */
export const partOf = (library: MediaLibrary, part: number): MediaLibrary => {
  const less =
    (of: Amount): Amount =>
    (time) =>
      Math.round(of(time) * part);
  const { bytes, ...things } = library;
  const all = <K extends string>(of: Readonly<Record<K, Amount>>): Record<K, Amount> =>
    Object.fromEntries(Object.entries<Amount>(of).map(([kind, value]) => [kind, less(value)])) as Record<K, Amount>;
  return { ...all(things), bytes: all(bytes) };
};

/** How much of the library an app looks after: all of it, but for a second app of the kind. */
export const shareOf = (world: World, service: string): number => (isSecond(world, service) ? 0.2 : 1);

/** Bytes of a usual one. */
const usualSize = { movies: 3e9, episodes: 3.1e8, songs: 3e7, books: 1.2e7 } as const;

/** The library of a media server; next to nothing is left of it while it has collapsed, as when a disk is not mounted. */
export const libraryOf = (world: World, service: string): MediaLibrary => {
  const collapses = windowsOf(world, 'library-collapsed', service);
  const left = (time: number): number => (collapses.some((window) => isIn(window, time)) ? 0.02 : 1);
  const things =
    (base: number, perDay: number): Amount =>
    (time) =>
      Math.floor(grown(base, perDay)(time) * left(time));
  const files = {
    movies: things(812, 0.4),
    episodes: things(5_230, 2.2),
    songs: things(4_100, 1),
    books: things(260, 0.2),
  };
  const bytesOf =
    (kind: keyof typeof files): Amount =>
    (time) =>
      files[kind](time) * usualSize[kind];
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

/** Episodes that somebody wants and that are not there, of so much of a library. */
export const missingEpisodes =
  (part: number): Amount =>
  (time) =>
    Math.round(part * (41 + 2 * Math.sin(time / 30_000)));

/** A share of a number, rounded. */
export const share =
  (of: Amount, part: number): Amount =>
  (time) =>
    Math.round(of(time) * part);

/** The difference of two numbers. */
export const minus =
  (one: Amount, other: Amount): Amount =>
  (time) =>
    one(time) - other(time);

/** Numbers of things by quality, which add up to all of them. */
export const byQuality = (all: Amount): readonly (readonly [Readonly<Record<string, string>>, Amount])[] => {
  const bluray = share(all, 0.22);
  const hdtv = share(all, 0.09);
  return [
    [{ quality: 'WEBDL-1080p' }, (time) => all(time) - bluray(time) - hdtv(time)],
    [{ quality: 'Bluray-1080p' }, bluray],
    [{ quality: 'HDTV-720p' }, hdtv],
  ];
};
