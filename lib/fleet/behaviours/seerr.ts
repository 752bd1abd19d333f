import { grown } from '../content';
import type { Behave } from '../place';
import { allWhileUp } from './while-up';

/** WillFantom/overseerr-exporter. */
export const overseerrExporter: Behave = (place) => ({
  metrics: allWhileUp(place, {
    overseerr_requests_count: (['movie', 'tv'] as const).flatMap((media_type) =>
      (
        [
          ['Approved', 'Available'],
          ['Approved', 'Processing'],
          ['Pending', 'Unknown'],
        ] as const
      ).map(
        ([request_status, media_status], index) =>
          [
            { media_type, request_status, media_status, is_4k: 'false', genre: 'Drama', company: 'Northlight' },
            grown([90, 6, 2][index] ?? 0, index === 0 ? 0.4 : 0),
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
