import { grown } from '../content';
import type { Behave } from '../place';
import { allWhileUp } from './while-up';

/** What was asked for of Overseerr: how many at first, and how many more a day. */
const requested = [
  ['Drama', 'Approved', 'Available', 42, 0.2],
  ['Comedy', 'Approved', 'Available', 28, 0.1],
  ['Documentary', 'Approved', 'Available', 13, 0.05],
  ['Drama', 'Approved', 'Processing', 4, 0],
  ['Comedy', 'Approved', 'Processing', 2, 0],
  ['Drama', 'Pending', 'Unknown', 2, 0],
] as const;

/** WillFantom/overseerr-exporter. */
export const overseerrExporter: Behave = (place) => ({
  metrics: allWhileUp(place, {
    overseerr_requests_count: (['movie', 'tv'] as const).flatMap((media_type) =>
      requested.map(
        ([genre, request_status, media_status, count, perDay]) =>
          [
            { media_type, request_status, media_status, is_4k: 'false', genre, company: 'Northlight' },
            grown(media_type === 'tv' ? Math.round(count * 0.7) : count, media_type === 'tv' ? perDay / 2 : perDay),
          ] as const,
      ),
    ),
    overseerr_user_requests: [
      [{ email: 'ada@example.org' }, grown(120, 0.4)],
      [{ email: 'bruno@example.org' }, grown(90, 0.4)],
    ],
  }),
});

/** The Seerr part of st0o0/tentacle. */
export const tentacleSeerr: Behave = (place) => ({
  metrics: allWhileUp(place, {
    seerr_requests_total: grown(213, 0.8),
    seerr_requests_by_status_total: [
      [{ status: 'available' }, grown(190, 0.8)],
      [{ status: 'approved' }, 13],
      [{ status: 'pending' }, 3],
      [{ status: 'declined' }, 7],
    ],
    seerr_requests_by_type_total: [
      [{ media_type: 'movie' }, grown(130, 0.5)],
      [{ media_type: 'tv' }, grown(83, 0.3)],
    ],
  }),
});
