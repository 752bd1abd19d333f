import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesHomelab } from '../../alerts/cases-homelab';
import { alerts } from '../../alerts/index';
import { dashboards } from '../../dashboards/index';
import { buildAlerts } from '../alerts/define';
import { measuredQuery, ruleLabels } from '../alerts/rule';
import type { GrafanaClient } from '../grafana/client';
import { resolveHomelab } from '../homelab/resolve';
import { grafanaRule } from '../render/grafana-alerting';
import { startBackfilled } from './backfill';
import type { Board } from './board';
import { executedAs, sendQuery } from './ds-query';
import { expandBoard } from './expand';
import { askingOf, conditionIn, statesOf, toldBy } from './grafana-rule';
import { startMoment, type Moment } from './moment';
import { prometheusAt, type Labels } from './prometheus';
import { packScenes, scenesOf, type Scene } from './scenes';
import type { Server } from './servers';
import { readCases } from './testing/cases';
import { clear, furnish, ours } from './testing/grafana-guests';
import { listenWebhook } from './testing/listeners';
import { setGrafanaStage, type GrafanaStage } from './testing/grafana-stage';
import { describeWithPrograms, describeWithVariable } from './testing/with-programs';
import { prometheusThrough } from './through-grafana';
import { until } from './until';

describeWithVariable(
  ['GRAFANA_HOME', 'GRAFANA_URL'],
  'the folder of an unpacked Grafana 12, or the address of one on this machine that reads the rendered files, with GRAFANA_USER and GRAFANA_PASSWORD of its administrator',
  'our boards and alerts in a real Grafana',
  () => {
    let stage: GrafanaStage;
    let grafana: GrafanaClient;

    beforeAll(async () => {
      stage = await setGrafanaStage(process.env);
      grafana = stage.grafana;
    });
    afterAll(async () => {
      await stage?.stop();
    });

    describe.each(dashboards.map(({ name, title }) => ({ uid: `hl-${name}`, title })))('$title', ({ uid }) => {
      it('is there where something feeds it, and none of its queries gives an error', async ({ skip }) => {
        skip(
          stage.leftOut.includes(uid),
          'nothing on this machine feeds it: lib/prove asks it, of a simulated homelab',
        );
        const { dashboard } = (await grafana.get(`/api/dashboards/uid/${uid}`)) as { readonly dashboard: Board };
        const to = Date.now() / 1000;
        const range = { from: to - 900, to };
        const opened = await expandBoard(dashboard, prometheusThrough(grafana, dataSourceOf(dashboard)), range);
        const queries = [...opened.panels.flatMap((panel) => panel.queries), ...opened.annotations];
        const answers = await Promise.all(queries.map((query) => sendQuery(grafana, query, range)));
        expect(answers.flatMap(({ error }) => error ?? [])).toEqual([]);
        // Grafana expanded the rest as we do when we prove panels without it.
        expect(answers.map(({ executed }) => executed)).toEqual(queries.map(executedAs));
        expect(queries.length).toBeGreaterThan(10);
      });
    });

    it('evaluates every rule of the files without an error, with its text as it was meant', async () => {
      const rules = await until(
        'every rule to be evaluated',
        async () => {
          const states = await statesOf(grafana, 'hl-');
          return (
            states.length > 0 && states.every(({ lastEvaluation }) => !lastEvaluation.startsWith('0001')) && states
          );
        },
        { within: 100_000, every: 1000 },
      );
      expect(rules.filter(({ health, lastError }) => health === 'error' || lastError)).toEqual([]);
      const stored = (await grafana.get('/api/v1/provisioning/alert-rules')) as readonly StoredRule[];
      const texts = stored
        .filter(({ uid }) => uid.startsWith('hl-'))
        .flatMap(({ annotations }) => Object.values(annotations ?? {}));
      // What Grafana took for a variable of its environment would be gone or doubled.
      expect(texts.filter((text) => /\$\$|\{\{[^}]*(?<![\w$])\.(labels|values)/.test(text))).toEqual([]);
      expect(texts.filter((text) => text.includes('{{ $labels.')).length).toBeGreaterThan(10);
    });

    it('has nothing to complain about in its log', () => {
      expect(stage.complaints()).toEqual([]);
    });

    describeWithPrograms(['prometheus', 'promtool'], 'its alerts, on the cases', () => {
      const homelab = resolveHomelab(casesHomelab);
      const built = buildAlerts(alerts, homelab, { everyPack: true });
      const all = built.groups.flatMap((group) => group.alerts);
      const ruleOf = (name: string) => {
        const alert = all.find((each) => each.name === name);
        if (!alert) throw new Error(`no alert is called ${name}`);
        return askingOf(
          grafanaRule(alert, homelab, () => undefined),
          ours,
        );
      };
      let folder: string;
      let moment: Moment;
      let webhook: Awaited<ReturnType<typeof listenWebhook>>;

      beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'grafana-proof-'));
        moment = await startMoment();
        webhook = await listenWebhook();
        await furnish(grafana, { prometheus: moment.url, webhook: `http://127.0.0.1:${webhook.port}/` });
      });
      afterAll(async () => {
        await clear(grafana);
        await moment.stop();
        await webhook.stop();
        rmSync(folder, { recursive: true, force: true });
      });

      /** What Grafana sees and says otherwise than Prometheus at one moment of a case. */
      const differencesAt = async (
        { alert, name, query }: Scene,
        { at, fires }: Scene['moments'][number],
        server: Server,
      ): Promise<readonly string[]> => {
        const rule = ruleOf(alert.name);
        moment.choose(server.url, at);
        const expected = (await prometheusAt(server.url).instant(query, at)).map(({ labels }) => labels);
        const actual = await conditionIn(grafana, rule);
        const differences =
          written(expected) === written(actual)
            ? []
            : [`${name} at ${at} s: Prometheus ${written(expected)}, Grafana ${written(actual)}`];
        if (!fires) return differences;
        const wanted = { alertname: alert.name, ...ruleLabels(alert), ...fires.labels };
        const texts = (await toldBy(grafana, rule, ours))
          .filter(({ labels }) => fits(labels, wanted))
          .map(({ annotations: { summary, description } }) => JSON.stringify({ summary, description }));
        const text = JSON.stringify({ summary: fires.summary, description: fires.description });
        return texts.length === 1 && texts[0] === text
          ? differences
          : [...differences, `${name} at ${at} s: says ${texts.join(', ') || 'nothing'}, not ${text}`];
      };

      it('hold as in Prometheus at every moment of the cases, and say the same', async () => {
        const differences: string[] = [];
        const scenes = scenesOf(built, await readCases());
        for (const [index, pack] of packScenes(scenes).entries()) {
          const server = await startBackfilled(pack, folder, String(index));
          try {
            for (const scene of pack)
              for (const each of scene.moments) differences.push(...(await differencesAt(scene, each, server)));
          } finally {
            await server.stop();
          }
        }
        console.log(`${scenes.length} scenes, ${scenes.flatMap(({ moments }) => moments).length} moments`);
        expect(differences.join('\n')).toBe('');
      });

      it('wait as long as in Prometheus before they fire', () => {
        expect(all.map(({ name }) => [name, ruleOf(name)['for'], ruleOf(name)['keepFiringFor']])).toEqual(
          all.map((alert) => [alert.name, alert.for, alert.keepFiringFor]),
        );
      });

      it('take no data as they say', async () => {
        const server = await startBackfilled([], folder, 'empty');
        try {
          moment.choose(server.url, 1_000_000);
          const wrong: string[] = [];
          for (const alert of all.filter(({ heartbeat }) => !heartbeat)) {
            // The absence of something is data.
            if ((await prometheusAt(server.url).instant(measuredQuery(alert), 1_000_000)).length > 0) continue;
            const told = await toldBy(grafana, ruleOf(alert.name), ours);
            const names = told.map(({ labels }) => labels['alertname']);
            const expected = { ok: [], alerting: [alert.name], noData: ['DatasourceNoData'] }[alert.noData];
            if (JSON.stringify(names) !== JSON.stringify(expected))
              wrong.push(`${alert.name}: ${alert.noData}, but Grafana tells ${JSON.stringify(names)}`);
          }
          expect(wrong.join('\n')).toBe('');
        } finally {
          await server.stop();
        }
      });

      it('come to fire by themselves, and somebody is told: HostDown, with 10 s instead of minutes', async () => {
        const scene = scenesOf(built, await readCases()).find(({ name }) => name === 'HostDown fires');
        if (!scene) throw new Error('HostDown has no cases');
        const server = await startBackfilled([scene], folder, 'down');
        try {
          moment.choose(server.url, scene.moments[1]?.at ?? 0);
          await grafana.put(`/api/v1/provisioning/folder/${ours}/rule-groups/${ours}`, {
            title: ours,
            folderUid: ours,
            interval: 10,
            rules: [
              {
                ...ruleOf('HostDown'),
                uid: `${ours}-host-down`,
                for: '10s',
                notification_settings: { receiver: ours, group_wait: '1s' },
              },
            ],
          });
          const message = await until('a message about HostDown', () => webhook.received[0] as Message | undefined, {
            within: 90_000,
            every: 500,
          });
          expect(message.alerts).toHaveLength(1);
          expect(message.alerts[0]).toMatchObject({
            status: 'firing',
            labels: { alertname: 'HostDown', host: 'nas', severity: 'critical', category: 'availability' },
            annotations: { summary: 'nas does not answer' },
          });
        } finally {
          await server.stop();
        }
      });
    });
  },
);

/** What Grafana posts to a webhook. */
interface Message {
  readonly alerts: readonly { readonly status: string; readonly labels: Labels; readonly annotations: Labels }[];
}

interface StoredRule {
  readonly uid: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The Prometheus that a board asks when it is opened. */
const dataSourceOf = ({ templating }: Board): string => {
  const value = templating?.list?.find(({ type }) => type === 'datasource')?.current?.value;
  if (typeof value !== 'string') throw new Error('the board names no data source');
  return value;
};

/** Label sets in an order of their own, without the metric's name. */
const written = (sets: readonly Labels[]): string =>
  JSON.stringify(
    sets
      .map(({ __name__: _, ...labels }) =>
        JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))),
      )
      .sort(),
  );

const fits = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([label, value]) => labels[label] === value);
