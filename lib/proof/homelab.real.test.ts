import { afterAll, beforeAll, expect, it } from 'vitest';
import { fetchAlerts, type HeldAlert } from './alertmanager';
import { countProofs, formatProofs, holds, proveBoard, type PanelProof } from './prove';
import { scrapedBy } from './scraped';
import { setStage, type Stage } from './testing/stage';
import { haste, mortal } from './testing/stage-homelab';
import { describeWithPrograms } from './testing/with-programs';
import { until } from './until';

describeWithPrograms(
  ['prometheus', 'node_exporter', 'blackbox_exporter', 'alertmanager', 'openssl'],
  'a homelab on real servers',
  () => {
    let stage: Stage;

    beforeAll(async () => {
      stage = await setStage();
      console.log(`all times are divided by ${haste}: ${stage.changes.join(', ')}`);
    });
    afterAll(async () => stage?.stop());

    it('is scraped as rendered: every target is up', async () => {
      const targets = await stage.prometheus.targets();
      expect(targets.filter(({ health }) => health !== 'up')).toEqual([]);
      expect(targets).toHaveLength(stage.targetCount);
    });

    it.each([
      ['opened', 'opening'],
      ['with one thing picked', 'first'],
    ] as const)(
      'shows data on every panel of every board %s, or a reason that the scraped page gives',
      async (_, pick) => {
        const scraped = await scrapedBy(stage.prometheus);
        const started = Date.now() / 1000;
        let proofs: readonly PanelProof[] = [];
        const failure = await until(
          'every panel to have data or a reason',
          async () => {
            const range = { from: started - 60, to: Date.now() / 1000 };
            const all = stage.boards.map((board) =>
              proveBoard(board, { prometheus: stage.prometheus, scraped, range, pick }),
            );
            proofs = (await Promise.all(all)).flat();
            return proofs.every(({ verdict }) => holds(verdict));
          },
          { within: 30_000, every: 1000 },
        ).then(
          () => '',
          ({ message }: Error) => message,
        );
        expect(failure, `${failure}\n${formatProofs(proofs)}\n`).toBe('');
        const others = formatProofs(proofs.filter(({ verdict }) => verdict !== 'data'));
        console.log(`${countProofs(proofs)}${pick === 'opening' ? `\n${others}` : ''}`);
        expect(proofs.length).toBeGreaterThan(10);
      },
    );

    it('would not let pass a board that is wrong', async () => {
      const verdicts = async (...queries: readonly string[]): Promise<readonly string[]> => {
        const targets = queries.map((expr, index) => ({ refId: `Q${index}`, expr, instant: true, interval: '1s' }));
        const panel = {
          id: 1,
          type: 'stat',
          title: 'Wrong',
          interval: '1s',
          datasource: { type: 'prometheus' },
          targets,
        };
        const to = Date.now() / 1000;
        const [proof] = await proveBoard(
          { uid: 'wrong', title: 'Wrong', panels: [panel] },
          { prometheus: stage.prometheus, scraped: await scrapedBy(stage.prometheus), range: { from: to - 30, to } },
        );
        return proof?.queries.map(({ verdict }) => verdict) ?? [];
      };
      expect(
        await verdicts(
          'node_load1{job="node"}',
          'node_load1{job="nodes"}',
          'node_load1{job="node", host="cellars"}',
          'sum(node_load1) * on (device) sum by (device) (node_disk_io_now)',
          'rate(node_cpu_seconds_total[1s])',
          'sum(node_load1',
          'node_load1 + on () node_cpu_seconds_total',
          'node_load1 > 1e9',
          'node_load0{job="node"}',
          'node_cpu_seconds_total{job="node", mode="dreaming"}',
        ),
      ).toEqual(['data', 'empty', 'empty', 'empty', 'empty', 'error', 'error', 'quiet', 'lacking', 'lacking']);
    });

    it('knows a panel that had no time for its first point from one that is wrong', async () => {
      const to = Date.now() / 1000;
      const panel = (id: number, expr: string) => ({
        id,
        type: 'timeseries',
        title: expr,
        interval: '1h',
        datasource: { type: 'prometheus' },
        targets: [{ refId: 'A', expr, range: true, interval: '1h' }],
      });
      const proofs = await proveBoard(
        { uid: 'rare', title: 'Rare', panels: [panel(1, 'up{job="node"}'), panel(2, 'up{job="nodes"}')] },
        {
          prometheus: stage.prometheus,
          scraped: await scrapedBy(stage.prometheus),
          range: { from: to - 60, to },
        },
      );
      expect(proofs.map(({ verdict }) => verdict)).toEqual(['young', 'empty']);
    });

    it('loads the rendered rules and evaluates each without an error', async () => {
      const rules = await until(
        'every rule to be evaluated',
        async () => {
          const all = await stage.prometheus.rules();
          return all.every(({ lastEvaluation }) => !lastEvaluation.startsWith('0001')) && all;
        },
        { within: 30_000 },
      );
      expect(rules.filter(({ health, lastError }) => health !== 'ok' || lastError !== '')).toEqual([]);
      expect(rules.length).toBe(stage.rendered.alerts.groups.flatMap((group) => group.alerts).length);
    });

    it('fires HostDown when an exporter is stopped, tells somebody, and ends it when the exporter is back', async () => {
      const seen = async (): Promise<HeldAlert | undefined> =>
        (await fetchAlerts(stage.alertmanagerUrl)).find(({ labels }) => labels['alertname'] === 'HostDown');
      expect(await seen()).toBeUndefined();

      await stage.stopHost();
      const alert = await until('HostDown at Alertmanager', seen, { within: 45_000 });
      expect(alert.labels).toEqual({
        alertname: 'HostDown',
        category: 'availability',
        host: mortal,
        severity: 'critical',
      });
      expect(alert.annotations).toMatchObject({
        summary: `${mortal} does not answer`,
        runbook_url: 'https://runbooks.example.org/HostDown.md',
      });
      expect(JSON.stringify(alert)).not.toMatch(/\{\{|<no value>|undefined/);
      const told = await until('a message about it', () => messagesAbout(stage, 'firing')[0], { within: 20_000 });
      expect(told).toMatchObject({ receiver: 'phone', commonLabels: { alertname: 'HostDown', host: mortal } });

      await stage.startHost();
      await until('HostDown to end', async () => (await seen()) === undefined, { within: 45_000 });
      await until('the message that it ended', () => messagesAbout(stage, 'resolved')[0], { within: 40_000 });
    });
  },
);

interface Message {
  readonly status: string;
  readonly commonLabels: Readonly<Record<string, string>>;
}

const messagesAbout = ({ messages }: Stage, status: string): readonly Message[] =>
  (messages as readonly Message[]).filter(
    (message) => message.status === status && message.commonLabels['alertname'] === 'HostDown',
  );
