import type { CasesByAlert } from '../lib/alerts/promtool';
import { beside, casesOf, downAndRestarted, seriesOf, type Story, type Tales } from './testing/stories';

/** What happens to one of the three, under its own name. */
const storiesOf = (service: string) =>
  ({
    SeerrDown: {
      silentAt: '19m',
      firesAt: '20m',
      summary: `${service} does not answer its exporter`,
      description: `The exporter of ${service} has had no good answer for 10m: ${service} is stopped, hangs, or refuses the exporter’s key.`,
      because: 'it is restarted',
      missAt: '30m',
    },
    SeerrRequestsFailing: {
      silentAt: '74m',
      firesAt: '75m',
      summary: `${service} cannot hand on requests`,
      description: `Within an hour, 2 requests could not be handed on to Sonarr or Radarr by ${service}.`,
      because: 'those that failed did so long ago',
      missAt: '100m',
    },
    SeerrRequestsWaiting: {
      interval: '60m',
      silentAt: '4920m',
      firesAt: '4980m',
      summary: `Requests in ${service} wait for somebody`,
      description: `In ${service} 2 requests wait to be allowed; some have waited for 3d.`,
      because: 'somebody allowed them on the second day',
      missAt: '5400m',
    },
    SeerrNewComplaints: {
      silentAt: '69m',
      firesAt: '70m',
      summary: `Somebody complains in ${service}`,
      description: `Within an hour, 1 problems with films or series were told in ${service}.`,
      because: 'those that there are were told long ago',
      missAt: '80m',
    },
    SeerrDataStale: {
      silentAt: '19m',
      firesAt: '20m',
      summary: `The exporter of ${service} shows old numbers`,
      description: `The exporter of ${service} heard from it last 20m 0s ago, and goes on showing what it heard then.`,
      because: 'it heard from it ten minutes ago',
      missAt: '30m',
    },
  }) as const satisfies Readonly<Record<string, Story>>;

type Stories = ReturnType<typeof storiesOf>;

const scraparr = (app: 'overseerr' | 'jellyseerr'): Tales<Stories> => {
  const series = seriesOf(app);
  const of = (metric: string, labels = ''): string =>
    series(app, `${app}_${metric}`, `alias="${app}"${labels && `, ${labels}`}`);
  const up = series(app, 'scraparr_services_up', `alias="${app}", scraparr_services="seerr"`);
  const heard = of('last_scrape');
  // The page tells of the other one as well, which is down.
  const other = { [series(app, 'scraparr_services_up', 'alias="other", scraparr_services="seerr"')]: '0x200' };
  const answering = { [up]: '1x200', [heard]: '0+60x200', ...other };
  const status = (name: string): string => of('request_status', `status="${name}"`);
  return {
    SeerrDown: beside(downAndRestarted(up), { [heard]: '0x60', ...other }),
    SeerrRequestsFailing: beside(
      { fires: { [status('Failed')]: '1x69 3x60' }, nearMiss: { [status('Failed')]: '3x130' } },
      answering,
    ),
    SeerrRequestsWaiting: beside(
      {
        fires: {
          [status('Pending')]: '0x10 2x100',
          [status('Available')]: '8x110',
          [of('request_total')]: '8x10 10x100',
        },
        // It never says that none is left: what adds up to more than there is, is not true.
        nearMiss: {
          [status('Pending')]: '0x10 2x100',
          [status('Available')]: '8x40 10x70',
          [of('request_total')]: '8x10 10x100',
        },
      },
      answering,
    ),
    SeerrNewComplaints: beside(
      { fires: { [of('issue_total')]: '3x69 4x60' }, nearMiss: { [of('issue_total')]: '4x130' } },
      answering,
    ),
    SeerrDataStale: beside(
      { fires: { [heard]: '0x60' }, nearMiss: { [heard]: '0x15 900x60' } },
      { [up]: '1x60', ...other },
    ),
  };
};

/** WillFantom/overseerr-exporter. */
const willFantom = (): Tales<Stories> => {
  const series = seriesOf('overseerr');
  const user = series('overseerr', 'overseerr_user_requests', 'email="ada@example.org"');
  const requests = (status: string): string =>
    series('overseerr', 'overseerr_requests_count', `request_status="${status}", media_type="movie"`);
  return {
    SeerrDown: beside(
      { fires: { [user]: '3x9 stale _x60' }, nearMiss: { [user]: '3x9 stale _x2 3x30' } },
      { [series('overseerr', 'up')]: '1x90' },
    ),
    SeerrRequestsWaiting: beside(
      {
        fires: { [requests('Pending')]: '_x11 2x100' },
        nearMiss: { [requests('Pending')]: '_x11 2x40 stale', [requests('Approved')]: '9x110' },
      },
      { [user]: '3x110' },
    ),
  };
};

const tentacle = (): Tales<Stories> => {
  const series = seriesOf('seerr');
  const requests = series('seerr', 'seerr_requests_total');
  const status = (name: string): string => series('seerr', 'seerr_requests_by_status_total', `status="${name}"`);
  return {
    SeerrDown: beside(
      { fires: { [requests]: '3x9 stale _x60' }, nearMiss: { [requests]: '3x9 stale _x2 3x30' } },
      { [series('seerr', 'up')]: '1x90' },
    ),
    SeerrRequestsWaiting: {
      fires: { [status('pending')]: '0x10 2x100' },
      nearMiss: { [status('pending')]: '0x10 2x40 0x60', [status('approved')]: '9x110' },
    },
  };
};

/** The cases of each exporter alone, by the name of its example homelab. */
export const seerrVariants: Readonly<Record<string, CasesByAlert>> = {
  overseerr: casesOf(storiesOf('overseerr'), 'overseerr', willFantom()),
  'scraparr-overseerr': casesOf(storiesOf('overseerr'), 'overseerr', scraparr('overseerr')),
  'scraparr-jellyseerr': casesOf(storiesOf('jellyseerr'), 'jellyseerr', scraparr('jellyseerr')),
  tentacle: casesOf(storiesOf('seerr'), 'seerr', tentacle()),
};

/** In the homelab that has everything. */
export const seerrCases: CasesByAlert = casesOf(storiesOf('overseerr'), 'overseerr', scraparr('overseerr'));
