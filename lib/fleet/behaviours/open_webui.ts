import { counted, observed, type Rows } from '../content';
import type { Behave } from '../place';
import { scaled, wave, type Course } from '../time/course';

/** What Open WebUI pushes. */
export const openWebui: Behave = (place) => {
  const pace = wave(`${place.key} requests`, { mean: 0.4, day: 0.6, noise: 0.3 });
  const routes = [
    { http_method: 'GET', http_route: '/api/v1/chats/', share: 0.8, milliseconds: 35 },
    { http_method: 'POST', http_route: '/api/chat/completions', share: 0.05, milliseconds: 4_000 },
    { http_method: 'GET', http_route: '/api/v1/models/', share: 0.15, milliseconds: 60 },
  ] as const;
  const answered = (
    content: (pace: Course, milliseconds: number) => ReturnType<typeof counted | typeof observed>,
  ): Rows =>
    routes.flatMap(({ http_method, http_route, share, milliseconds }) =>
      (['200', '500'] as const).map(
        (http_status_code) =>
          [
            { http_method, http_route, http_status_code },
            content(scaled(pace, http_status_code === '200' ? share : share * 0.001), milliseconds),
          ] as const,
      ),
    );
  return {
    metrics: {
      webui_users_total: 5,
      webui_users_active: (time) => 1 + Math.round(2 * pace.at(time)),
      http_server_requests_total: answered((each) => counted(each)),
      http_server_duration_milliseconds: answered((each, milliseconds) => observed(each, milliseconds)),
    },
  };
};
