import type { Amount, Labels, Series, Value } from '../content';
import { daily, during, scaled, steady, sum, type Course } from '../time/course';
import { addressesOfScreens, films, people, players, screens, shows } from './household';
import { windowsOf, type World } from './world';

/** Somebody who watches, or may watch, on a media server. */
export interface Session {
  readonly user: string;
  readonly userId: string;
  readonly device: string;
  readonly client: string;
  readonly address: string;
  readonly location: 'lan' | 'wan';
  readonly type: 'Movie' | 'Episode';
  readonly title: string;
  /** Empty for a film. */
  readonly series: string;
  readonly season: string;
  readonly episode: string;
  readonly method: 'directplay' | 'directstream' | 'transcode';
  /** What transcodes it: a part of the processor made for that, or its ordinary cores. */
  readonly hardware: 'vaapi' | 'none';
  readonly codec: 'hevc' | 'h264';
  /** Lines of the picture that is sent. */
  readonly height: 720 | 1080 | 2160;
  /** Bits a second. */
  readonly bitrate: number;
  /** Length of what is watched, in seconds. */
  readonly length: number;
  /** 1 while it is there, else 0. */
  readonly active: Course;
}

/** Where a session is in what is watched, in seconds. */
export const positionOf = ({ length }: Session, time: number): number => Math.floor(time) % length;

/**
 * Everybody who watches on a media server: one all the time, so that there is always something to see, the others in the evening.
 * All exporters that describe the same server see the same sessions.
 */
export const sessionsOf = (world: World, service: string): readonly Session[] => {
  const down = windowsOf(world, 'media-server-down', service);
  const software = windowsOf(world, 'software-transcode', service);
  const storm = windowsOf(world, 'transcode-storm', service);
  const whileUp = (session: Session): Session => ({ ...session, active: during(down, session.active, steady(0)) });
  return [
    ...usual.flatMap((session): readonly Session[] =>
      session.method !== 'transcode' || software.length === 0
        ? [session]
        : [
            { ...session, active: during(software, session.active, steady(0)) },
            { ...session, hardware: 'none', active: during(software, steady(0), session.active) },
          ],
    ),
    ...(storm.length === 0
      ? []
      : crowd.map((session) => ({ ...session, active: during(storm, steady(0), steady(1)) }))),
  ].map(whileUp);
};

const sessionOf = (
  person: number,
  what: Pick<Session, 'method' | 'codec' | 'height' | 'bitrate' | 'location' | 'active'> & { readonly show?: number },
): Session => {
  const { show, ...rest } = what;
  const at = person % people.length;
  return {
    user: people[at] ?? 'ada',
    userId: `u${at + 1}`,
    device: screens[at] ?? 'Phone',
    client: players[at] ?? 'Web',
    address: addressesOfScreens[at] ?? '192.168.1.31',
    hardware: what.method === 'transcode' ? 'vaapi' : 'none',
    type: show === undefined ? 'Movie' : 'Episode',
    title: show === undefined ? (films[at] ?? 'Seven Lamps') : `Part ${at + 2}`,
    series: show === undefined ? '' : (shows[show] ?? ''),
    season: show === undefined ? '' : '1',
    episode: show === undefined ? '' : String(at + 2),
    length: show === undefined ? 6_900 + at * 600 : 2_700,
    ...rest,
  };
};

const usual: readonly Session[] = [
  sessionOf(0, { method: 'transcode', codec: 'h264', height: 1080, bitrate: 8e6, location: 'lan', active: steady(1) }),
  sessionOf(1, {
    method: 'directplay',
    codec: 'hevc',
    height: 1080,
    bitrate: 6e6,
    location: 'lan',
    active: daily(16, 23.5),
    show: 0,
  }),
  sessionOf(2, {
    method: 'directstream',
    codec: 'hevc',
    height: 2160,
    bitrate: 18e6,
    location: 'lan',
    active: daily(19, 22.25),
  }),
  sessionOf(3, {
    method: 'transcode',
    codec: 'h264',
    height: 720,
    bitrate: 4e6,
    location: 'wan',
    active: daily(18.5, 22.75),
    show: 1,
  }),
];

/** Who comes in addition when everybody wants something that must be converted. */
const crowd: readonly Session[] = Array.from({ length: 7 }, (_, index) => ({
  ...sessionOf(4, {
    method: 'transcode',
    codec: 'h264',
    height: 1080,
    bitrate: 8e6,
    location: 'wan',
    active: steady(0),
  }),
  user: `guest${index + 1}`,
  userId: `g${index + 1}`,
  device: `Guest phone ${index + 1}`,
  title: films[index % films.length] ?? 'Seven Lamps',
}));

/** A series for each session, there only while the session is. Sessions that an exporter cannot tell apart have one series: of the first that is there. */
export const perSession = (
  sessions: readonly Session[],
  labels: (session: Session) => Labels,
  value: (session: Session, time: number) => number,
): Series => {
  const alike = new Map<string, Session[]>();
  for (const session of sessions) {
    const key = JSON.stringify(labels(session));
    alike.set(key, [...(alike.get(key) ?? []), session]);
  }
  return [...alike].map(([key, group]): readonly [Labels, Value] => [
    JSON.parse(key) as Labels,
    (time) => {
      const there = group.find(({ active }) => active.at(time) > 0);
      return there && value(there, time);
    },
  ]);
};

/** How many sessions there are, of those that fit. */
export const countOf =
  (sessions: readonly Session[], fits: (session: Session) => boolean = () => true): Amount =>
  (time) =>
    sessions.reduce((count, session) => count + (fits(session) ? session.active.at(time) : 0), 0);

/** Bits a second of the sessions that fit. */
export const bandwidthOf = (sessions: readonly Session[], fits: (session: Session) => boolean = () => true): Course =>
  sum(...sessions.filter(fits).map(({ active, bitrate }) => scaled(active, bitrate)));

export const isTranscode = ({ method }: Session): boolean => method === 'transcode';
