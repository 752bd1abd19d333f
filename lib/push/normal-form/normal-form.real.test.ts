import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { alerts } from '../../../alerts/index';
import { dashboards } from '../../../dashboards/index';
import type { GrafanaClient } from '../../grafana/client';
import { isObject, objectsAt, type Json } from '../../grafana-json/json';
import { readHomelab } from '../../homelab/read';
import { resolveHomelab } from '../../homelab/resolve';
import { startGrafana, type OwnGrafana } from '../../proof/grafana-server';
import { describeWithVariable } from '../../proof/testing/with-programs';
import { render, type Rendered } from '../../render/render';
import type { Kind } from '../object';
import { normalForms } from './index';

/** Everything that Grafana can get: rules, contact points and the policy tree too. */
const renderAll = (name: string): Rendered => {
  const homelab = readHomelab(`${__dirname}/../../../examples/homelabs/${name}.ts`);
  const { grafana, alerting } = homelab;
  return render(
    resolveHomelab({
      ...homelab,
      grafana: { ...grafana, mode: 'owned' },
      alerting: { ...alerting, engine: 'grafana' },
    }),
    { dashboards, alerts },
  );
};

const expand = (value: unknown, key = ''): unknown => {
  if (['annotations', 'model', 'relativeTimeRange', 'muteTimes', 'templates'].includes(key)) return value;
  if (typeof value === 'string')
    return value.replace(/\$\$|\$\{(\w+)\}/g, (_, name?: string) => (name ? `https://127.0.0.1/secret-${name}` : '$'));
  if (Array.isArray(value)) return value.map((item) => expand(item));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, expand(item, name)]))
    : value;
};

/** What the alerting files hold under a key, as Grafana reads it: `$` expanded. */
const inFiles = ({ artifacts }: Rendered, key: string): readonly Json[] =>
  artifacts
    .filter(({ path }) => path.startsWith('grafana/provisioning/alerting/'))
    .flatMap(({ text }) => objectsAt(expand(parse(text)), key).map(([{ orgId: _, ...one }]) => one));

/** Files and API spell this one key differently. */
const asApiRule = ({ keepFiringFor, ...rule }: Json): Json => ({
  ...rule,
  ...(keepFiringFor !== undefined && { keep_firing_for: keepFiringFor }),
});

const hidden = (value: unknown): unknown => {
  if (typeof value === 'string') return /^https:\/\/127\.0\.0\.1\/secret-\w+$/.test(value) ? '[REDACTED]' : value;
  if (Array.isArray(value)) return value.map(hidden);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hidden(item)])) : value;
};

const normal = (kind: Kind, body: unknown): Json => normalForms[kind](hidden(body) as Json);
const provisioning = '/api/v1/provisioning';
const v1beta1 = '/apis/dashboard.grafana.app/v1beta1/namespaces/default/dashboards';

describeWithVariable(
  ['GRAFANA_HOME'],
  'the folder of an unpacked Grafana 12, with bin, conf and public',
  'what a real Grafana gives back is what it got, in the normal form',
  () => {
    let folder: string;
    let grafana: OwnGrafana;
    let client: GrafanaClient;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'normal-form-'));
      grafana = await startGrafana(process.env['GRAFANA_HOME'] ?? '', join(folder, 'nothing'), join(folder, 'data'));
      client = grafana.client;
      await client.post('/api/folders', { uid: 'rules', title: 'Rules' });
    });
    afterAll(async () => {
      await grafana?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    describe.each(['typical', 'everything'])('%s', (name) => {
      const rendered = renderAll(name);

      it.each(rendered.boards.map(({ uid, json }): [string, Json] => [uid, { ...json } as Json]))(
        'board %s, by both APIs',
        async (uid, dashboard) => {
          const read = async (): Promise<Json> =>
            normal('dashboard', { ...((await client.get(`/api/dashboards/uid/${uid}`)) as Json), meta: null });
          const wanted = normal('dashboard', { dashboard });

          await client.post('/api/dashboards/db', { dashboard, overwrite: true });
          expect(await read()).toEqual(wanted);
          const { uid: _, ...spec } = dashboard;
          await client.put(`${v1beta1}/${uid}`, {
            apiVersion: 'dashboard.grafana.app/v1beta1',
            kind: 'Dashboard',
            metadata: { name: uid },
            spec,
          });
          expect(await read()).toEqual(wanted);
          const stored = (await client.get(`${v1beta1}/${uid}`)) as Json;
          expect(normal('dashboard', { dashboard: stored['spec'] })).toEqual(wanted);

          // The near miss: one word more is seen.
          await client.post('/api/dashboards/db', { dashboard: { ...dashboard, description: 'x' }, overwrite: true });
          expect(await read()).not.toEqual(wanted);
        },
      );

      it('contact points, mute timings, templates, policies and rules', async () => {
        const points = inFiles(rendered, 'contactPoints').flatMap((point) =>
          objectsAt(point, 'receivers').map(([receiver]): Json => ({ ...receiver, name: point['name'] })),
        );
        for (const point of points) await client.post(`${provisioning}/contact-points`, point);
        const got = (await client.get(`${provisioning}/contact-points`)) as Json[];
        expect(points.length).toBeGreaterThan(1);
        for (const point of points)
          expect(
            normal(
              'contact-point',
              got.find(({ uid }) => uid === point['uid']),
            ),
          ).toEqual(normal('contact-point', point));

        const timings = inFiles(rendered, 'muteTimes');
        expect(timings.length).toBeGreaterThan(0);
        for (const timing of timings) {
          await client.post(`${provisioning}/mute-timings`, timing);
          const back = await client.get(`${provisioning}/mute-timings/${String(timing['name'])}`);
          expect(normal('mute-timing', back)).toEqual(normal('mute-timing', timing));
        }

        const templates = inFiles(rendered, 'templates');
        expect(templates.length).toBeGreaterThan(0);
        for (const template of templates) {
          await client.put(`${provisioning}/templates/${String(template['name'])}`, { template: template['template'] });
          const back = await client.get(`${provisioning}/templates/${String(template['name'])}`);
          expect(normal('template', back)).toEqual(normal('template', template));
        }

        const [tree] = inFiles(rendered, 'policies');
        expect(tree).toBeDefined();
        await client.put(`${provisioning}/policies`, tree);
        expect(normal('policy', await client.get(`${provisioning}/policies`))).toEqual(normal('policy', tree));

        const groups = inFiles(rendered, 'groups');
        expect(groups.length).toBeGreaterThan(1);
        for (const group of groups) {
          const path = `${provisioning}/folder/rules/rule-groups/${String(group['name'])}`;
          const body = {
            title: group['name'],
            folderUid: 'rules',
            interval: 60,
            rules: objectsAt(group, 'rules').map(([rule]) => asApiRule(rule)),
          };
          await client.put(path, body);
          expect(normal('rule-group', await client.get(path))).toEqual(
            normal('rule-group', { ...body, interval: group['interval'] }),
          );
        }
      });
    });
  },
);
