import { nearest } from '../../nearest';
import { defineRule } from '../rule';
import type { Alert, Path } from '../subject';

/** The panel that an alert links to is there. */
export const alertPanelExists = defineRule({
  id: 'alert-panel-exists',
  on: 'alert',
  severity: 'error',
  needs: 'nothing',
  says: 'an alert that links to a panel or a dashboard that is not there',
  why: 'The link in the message opens an error, or a dashboard without the panel that explains the alert.',
  instead: 'Name the uid of the dashboard and the id of a panel of it.',

  *check(alert, { all, homelab }) {
    if (alert.dashboardUid === undefined && alert.panelId !== undefined)
      yield {
        message: `panel ${alert.panelId} is named, and no dashboard: Grafana refuses one without the other`,
        culprit: String(alert.panelId),
        expected: 'add the annotation `__dashboardUid__`',
      };
    for (const { uid, panelId, at } of linksOf(alert)) {
      const board = all.boardByUid.get(uid);
      if (!board) {
        // Whether a stranger's board exists, only its Grafana knows.
        if (!homelab || !uid.startsWith(`${homelab.project}-`)) continue;
        const near = nearest(uid, all.boardByUid.keys());
        yield {
          message: `the dashboard \`${uid}\` is not there`,
          culprit: uid,
          at,
          nearest: near,
          ...(near[0] && { expected: `\`${near[0]}\`?` }),
        };
      } else if (panelId !== undefined && !board.panels.some(({ id }) => id === panelId)) {
        yield { message: `the dashboard \`${board.title}\` has no panel ${panelId}`, culprit: String(panelId), at };
      }
    }
  },

  accepts: [
    {
      name: 'a board that nobody gave',
      alert: { annotations: { summary: 'Down.', dashboard_url: 'https://grafana.example.com/d/hosts?viewPanel=3' } },
    },
    { name: 'a panel that is there', files: linked(2) },
  ],
  rejects: [{ name: 'a panel that is not there', files: linked(3), because: 'has no panel 3' }],
});

function linked(panelId: number): Readonly<Record<string, string>> {
  return {
    'hosts.json': JSON.stringify({
      uid: 'hosts',
      title: 'Hosts',
      schemaVersion: 41,
      panels: [{ id: 2, type: 'timeseries', title: 'Up', targets: [{ refId: 'A', expr: 'up' }] }],
    }),
    'rules.yaml': `groups:
  - name: hosts
    rules:
      - alert: HostDown
        expr: up == 0
        for: 5m
        annotations:
          summary: Down.
          dashboard_url: https://grafana.example.com/d/hosts/hosts?var-host={{ $labels.instance | urlquery }}&viewPanel=${panelId}
`,
  };
}

interface PanelLink {
  readonly uid: string;
  readonly panelId: number | undefined;
  readonly at: Path;
}

function* linksOf(alert: Alert): Generator<PanelLink> {
  if (alert.dashboardUid) yield { uid: alert.dashboardUid, panelId: alert.panelId, at: alert.at };
  for (const [name, written] of Object.entries(alert.annotations)) {
    // What a template writes into the link has spaces before it is filled in.
    const text = written.replace(/\{\{[^{}]*\}\}/g, 'x');
    // What a template puts into a link is an argument of it.
    const link = text.replace(/\{\{.*?\}\}/gs, 'x');
    for (const [, uid, rest] of link.matchAll(/\/d\/([\w-]+)([^\s"')]*)/g)) {
      const panel = /[?&](?:viewPanel|panelId|editPanel)=(?:panel-)?(\d+)(?![\w-])/.exec(rest as string)?.[1];
      yield {
        uid: uid as string,
        panelId: panel === undefined ? undefined : Number(panel),
        at: [...alert.at, 'annotations', name],
      };
    }
  }
}
