import { dashboardGroup } from './dashboards-k8s';
import { apiGroup, ok, Refusal, route, type Route } from './exchange';
import type { State } from './state';

/** Contract 1.4: answered before anybody asks who is there. */
export const healthOf = ({ settings }: State, path: string) => {
  if (path === '/healthz') return { status: 200, text: 'Ok', type: 'text/plain; charset=utf-8' };
  if (path !== '/api/health') return undefined;
  return ok({ database: 'ok', ...(!settings.hideVersion && { version: settings.version, commit: 'fb857bba' }) });
};

/** Contract 1.4: has the version also where the health page hides it. */
export const settingsRoutes: readonly Route[] = [
  route('GET', '/api/frontend/settings', [], ({ state: { settings } }) =>
    ok({
      buildInfo: {
        version: settings.version,
        edition: settings.edition,
        hideVersion: settings.hideVersion,
        commit: 'fb857bba',
      },
      featureToggles: {},
      rendererAvailable: false,
      rendererVersion: '',
      datasources: {},
    }),
  ),
  route('GET', '/apis', [], () =>
    ok({ kind: 'APIGroupList', groups: [dashboardGroup, apiGroup('folder.grafana.app', 'v1beta1')] }),
  ),
];

/** Contract 1.5: unknown under `/api` is JSON, elsewhere a page. */
export const unknownPath = (path: string): Refusal =>
  new Refusal(
    path.startsWith('/api/')
      ? { status: 404, body: { message: 'Not found' } }
      : path.startsWith('/apis')
        ? { status: 404, text: '404 page not found\n', type: 'text/plain; charset=utf-8' }
        : {
            status: 404,
            text: '<!DOCTYPE html>\n<html><title>Grafana</title></html>',
            type: 'text/html; charset=utf-8',
          },
  );
