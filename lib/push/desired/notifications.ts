import type { ResolvedGrafanaTarget } from '../../homelab/resolved';
import { grafanaNotifications, grafanaPolicies } from '../../render/grafana-notifications';
import type { Rendered } from '../../render/render';
import type { DesiredObject } from '../object';
import { alertFolderPath } from './folders';
import { plain } from './plain';

/**
 * Texts, times, contact points (an object for each integration), and in `owned` mode one route below the root of the policy tree for
 * what comes from our alert folder. Nothing where another engine evaluates.
 */
export const desiredNotifications = (
  { homelab, alerts: { groups } }: Pick<Rendered, 'homelab' | 'alerts'>,
  target: ResolvedGrafanaTarget,
): readonly DesiredObject[] => {
  if (homelab.alerting.engine !== 'grafana') return [];
  const alerts = groups.flatMap((group) => group.alerts);
  const { contactPoints, muteTimes, templates } = grafanaNotifications(homelab, alerts);
  const route = grafanaPolicies(homelab, alerts);
  const folder = alertFolderPath(homelab, target);
  return [
    ...templates.map((body) => named('template', body.name, body)),
    ...muteTimes.map((body) => named('mute-timing', body.name, body)),
    ...contactPoints.flatMap(({ name, receivers }) =>
      receivers.map((integration): DesiredObject => ({
        kind: 'contact-point',
        key: integration.uid,
        title: `${name} by ${integration.type}`,
        body: plain({ disableResolveMessage: false, ...integration, name }),
      })),
    ),
    ...(route
      ? [
          {
            kind: 'policy' as const,
            key: folder,
            title: `what comes from ${folder}`,
            body: plain({ ...route, object_matchers: [['grafana_folder', '=', folder]] }),
          },
        ]
      : []),
  ];
};

const named = (kind: 'template' | 'mute-timing', name: string, body: object): DesiredObject => ({
  kind,
  key: name,
  title: name,
  body: plain(body),
});
