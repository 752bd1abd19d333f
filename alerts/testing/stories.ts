import type { AlertCases } from '../../lib/alerts/alert';
import type { CasesByAlert } from '../../lib/alerts/promtool';

export type Series = Readonly<Record<string, string>>;

/** What an exporter serves while it happens, and while only something like it does. */
export interface Told {
  readonly fires: Series;
  readonly nearMiss: Series;
}

/** What happens, whoever tells it. */
export interface Story {
  /** Between samples; default a minute. */
  readonly interval?: string;
  readonly silentAt: string;
  readonly firesAt: string;
  /** Default: the service alone. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  /** Why the near miss is none. */
  readonly because: string;
  readonly missAt: string;
}

/** What each exporter serves in each story that it can tell. */
export type Tales<S extends object> = { readonly [Name in keyof S]?: Told };

/** The cases of alerts about one service, by alert. */
export const casesOf = <S extends Readonly<Record<string, Story>>>(
  stories: S,
  service: string,
  tales: Tales<S>,
): CasesByAlert =>
  Object.fromEntries(
    Object.entries(tales as Readonly<Record<string, Told>>).map(([name, { fires, nearMiss }]): [string, AlertCases] => {
      const {
        interval,
        silentAt,
        firesAt,
        labels = { service },
        summary,
        description,
        because,
        missAt,
      } = stories[name] as Story;
      const sampled = interval && { interval };
      return [
        name,
        {
          fires: { series: fires, ...sampled, silentAt, firesAt, labels, summary, description },
          nearMiss: { because, series: nearMiss, ...sampled, at: missAt },
        },
      ];
    }),
  );

/** How the series of a service are spelled: `seriesOf('plex')('plex', 'plex_up', 'type="Movie"')`. */
export const seriesOf =
  (service: string) =>
  (job: string, metric: string, labels = ''): string =>
    `${metric}{job="${job}", instance="${service}:1", service="${service}"${labels && `, ${labels}`}}`;

/** Something that is up, then down for good; or down for two minutes. */
export const downAndRestarted = (up: string): Told => ({
  fires: { [up]: '1x9 0x30' },
  nearMiss: { [up]: '1x9 0x2 1x30' },
});

/** A number that steps up after ten minutes, by enough or too little. */
export const steps = (selector: string, from: number, enough: number, little: number): Told => ({
  fires: { [selector]: `${from}x9 ${enough}x200` },
  nearMiss: { [selector]: `${from}x9 ${little}x200` },
});

/** The same, with what is there all the time beside it. */
export const beside = ({ fires, nearMiss }: Told, always: Series): Told => ({
  fires: { ...fires, ...always },
  nearMiss: { ...nearMiss, ...always },
});
