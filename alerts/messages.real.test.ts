import { beforeAll, describe, expect, it } from 'vitest';
import { buildAlerts } from '../lib/alerts/define';
import type { Pack } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { household } from '../lib/proof/replay/household';
import { ordinaryDay } from '../lib/proof/replay/ordinary-day';
import { playScenes, type Cast } from '../lib/proof/replay/play-scenes';
import { replayTimeline } from '../lib/proof/replay/replay';
import { mediaDays, mediaTroubles } from '../lib/proof/replay/media-scenes';
import { benignDays, silence, troubles, type Scene } from '../lib/proof/replay/scenes';
import { formatVerdicts, missesOf, type Verdict } from '../lib/proof/replay/verdict';
import { describeWithPrograms } from '../lib/proof/testing/with-programs';
import { renderAlertmanager } from '../lib/render/alertmanager';
import { alerts } from './index';

/** Our alerts as the house has them with a pack. */
const castOf = (pack: Pack): Cast => {
  const homelab = resolveHomelab({ ...household, alerting: { ...household.alerting, pack } });
  return { name: pack, homelab, alerts: buildAlerts(alerts, homelab) };
};

/**
 * With every alert all days; a day that is silent then is silent with fewer, but trouble may lack what keeps others quiet. Media apps
 * that misbehave are no matter of the essentials.
 */
const scenesOf: Readonly<Partial<Record<Pack, readonly Scene[]>>> = {
  all: [...troubles, ...benignDays, ...mediaDays],
  standard: mediaTroubles,
  essential: [...troubles, ...mediaTroubles.map((scene) => ({ ...scene, bar: silence }))],
};
const plays = (Object.keys(scenesOf) as Pack[]).flatMap((pack) => {
  const cast = castOf(pack);
  return (scenesOf[pack] ?? []).map((scene) => ({ scene, cast }));
});

describeWithPrograms(['promtool', 'alertmanager'], 'messages in a day of a house', () => {
  let verdicts: readonly Verdict[] = [];
  beforeAll(async () => {
    verdicts = await playScenes(plays);
    console.log(
      `${formatVerdicts(verdicts)}\nnot played: quiet hours; heartbeats, which go to a watchdog, by themselves`,
    );
  }, 600_000);

  it.each(plays.map(({ scene, cast }, index) => [scene.name, cast.name, scene.about, index] as const))(
    '%s (%s): %s',
    (_, __, ___, index) => expect(missesOf(verdicts[index] as Verdict).join('\n')).toBe(''),
  );
});

describeWithPrograms(['alertmanager'], 'the heartbeat', () => {
  it('is told more than once in its period, alone, whatever else goes on', async () => {
    const homelab = resolveHomelab({
      ...household,
      timeZone: 'Europe/Berlin',
      alerting: {
        ...household.alerting,
        heartbeat: { url: { env: 'HEARTBEAT_URL' }, period: '10m' },
        quietHours: { from: '22:00', to: '07:00', except: { severity: 'info' } },
      },
    });
    const built = buildAlerts(alerts, homelab);
    const beats = { alertname: 'DeadMansSwitch', severity: 'info', category: 'monitoring' };
    const down = { alertname: 'HostDown', severity: 'critical', category: 'availability', host: 'nas' };
    const configuration = renderAlertmanager(homelab, built).find(({ name }) => name === 'alertmanager.yml');
    const { messages, factor } = await replayTimeline(
      {
        name: 'a watchdog listens',
        minutes: 40,
        firings: [
          { labels: beats, annotations: {}, from: 0 },
          { labels: down, annotations: {}, from: 10, until: 20 },
        ],
      },
      configuration?.text ?? '',
      { factor: 120 },
    );
    const heard = messages.filter(({ receiver }) => receiver === 'heartbeat');
    const silences = heard.map(({ minute }, index) => minute - (heard[index - 1]?.minute ?? 0));
    console.log(`heartbeat, ${factor} times faster: ${heard.map(({ minute }) => minute.toFixed(1)).join(', ')} min`);
    expect(Math.max(...silences, 40 - (heard.at(-1)?.minute ?? 0))).toBeLessThan(5.5);
    expect(heard.flatMap(({ alerts: told }) => told.map(({ labels }) => labels['alertname']))).toEqual(
      heard.map(() => 'DeadMansSwitch'),
    );
    const others = messages.filter(({ receiver }) => receiver !== 'heartbeat');
    expect(others.flatMap(({ alerts: told }) => told.map(({ labels }) => labels['alertname']))).toEqual([
      'HostDown',
      'HostDown',
    ]);
  }, 120_000);
});

describe('the scenes', () => {
  it('show every alert something to look at', () => {
    const { homelab, alerts: built } = castOf('all');
    const there = new Set(ordinaryDay(homelab, 1).map(({ metric }) => metric));
    const blind = built.groups
      .flatMap((group) => group.alerts)
      .filter(({ signal, and = [] }) =>
        [signal, ...and.map((guard) => guard.signal)].some(
          ({ metrics }) => metrics.length > 0 && !metrics.some(({ name }) => there.has(name)),
        ),
      )
      .map(({ name }) => name);
    // This house writes nothing to another Prometheus.
    expect(blind, 'add their metrics to lib/proof/replay/ordinary-day.ts').toEqual([
      'PrometheusRemoteWriteBehind',
      'PrometheusRemoteStorageFailures',
    ]);
  });
});
