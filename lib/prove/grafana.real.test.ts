import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alerts } from '../../alerts/index';
import { dashboards } from '../../dashboards/index';
import everything from '../../examples/homelabs/everything';
import { fleetOf } from '../fleet';
import { defineHomelab } from '../homelab/define';
import { resolveHomelab } from '../homelab/resolve';
import type { Board } from '../proof/board';
import { executedAs, sendQuery } from '../proof/ds-query';
import { expandBoard } from '../proof/expand';
import { complaintsIn, startGrafana, type OwnGrafana } from '../proof/grafana-server';
import type { Server } from '../proof/servers';
import { describeWithVariable } from '../proof/testing/with-programs';
import { prometheusThrough } from '../proof/through-grafana';
import { render, type Rendered } from '../render/render';
import { writeArtifacts } from '../render/write';
import { readersOf } from './boards';
import { fill, moment, startFilled } from './fill';
import { readsOf } from './reads';

/** Enough for a rate at the slowest source. */
const shown = 1_800;

describeWithVariable(
  ['GRAFANA_HOME'],
  'the folder of an unpacked Grafana 12',
  'the boards of a simulated homelab with everything, in a real Grafana',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'grafana-fleet-'));
    let prometheus: Server;
    let grafana: OwnGrafana;
    let rendered: Rendered;

    beforeAll(async () => {
      const out = join(folder, 'dist');
      const homelab = { ...everything, privacy: 'full' as const };
      const draft = render(resolveHomelab(homelab), { dashboards, alerts });
      const { reads } = readsOf(draft.boards.flatMap(({ json }) => readersOf(json as Board)));
      await fill(
        fleetOf(resolveHomelab(homelab)),
        [{ from: moment - 2 * shown, to: moment, only: reads }],
        join(folder, 'data'),
      );
      prometheus = await startFilled(folder, 'data');
      const owned = defineHomelab({
        ...homelab,
        dataSources: {
          ...homelab.dataSources,
          prometheus: { kind: 'prometheus', uid: 'prometheus', name: 'Prometheus', url: prometheus.url },
        },
        grafana: { mode: 'owned', dashboardsPath: join(out, 'grafana', 'dashboards') },
      });
      rendered = render(resolveHomelab(owned), { dashboards, alerts });
      mkdirSync(out);
      writeArtifacts(rendered.artifacts, out);
      grafana = await startGrafana(
        process.env['GRAFANA_HOME'] ?? '',
        join(out, 'grafana', 'provisioning'),
        join(folder, 'grafana'),
      );
    });
    afterAll(async () => {
      await grafana?.stop();
      await prometheus?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('are taken without a complaint, and none of their queries gives an error', async () => {
      const range = { from: moment - shown, to: moment };
      let asked = 0;
      let answered = 0;
      for (const { uid } of rendered.boards) {
        const { dashboard } = (await grafana.client.get(`/api/dashboards/uid/${uid}`)) as { readonly dashboard: Board };
        const opened = await expandBoard(dashboard, prometheusThrough(grafana.client, 'prometheus'), range);
        const queries = [...opened.panels.flatMap((panel) => panel.queries), ...opened.annotations];
        for (const query of queries) {
          const { error, executed, series } = await sendQuery(grafana.client, query, range);
          expect(error, `${uid}: ${query.expr}`).toBeUndefined();
          expect(executed, uid).toBe(executedAs(query));
          asked++;
          if (series) answered++;
        }
        expect(queries.length, uid).toBeGreaterThan(5);
      }
      expect(rendered.boards.length).toBe(dashboards.length);
      expect(complaintsIn(grafana.log())).toEqual([]);
      console.log(`${rendered.boards.length} boards, ${asked} queries, ${answered} with data`);
      expect(answered / asked).toBeGreaterThan(0.8);
    });
  },
);
