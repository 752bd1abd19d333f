import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { buildAlerts } from '../../alerts/define';
import { resolveHomelab } from '../../homelab/resolve';
import { renderAlertmanager } from '../../render/alertmanager';
import { describeWithPrograms } from '../testing/with-programs';
import { household } from './household';
import { playScenes, type Cast } from './play-scenes';
import { replayTimeline, type Replayed } from './replay';
import { troubles, type Scene } from './scenes';
import { plainAlerts } from './testing/plain-alerts';
import type { Firing } from './timeline';
import { countMessages, formatMessages, formatVerdicts, missesOf } from './verdict';

const homelab = resolveHomelab(household);
const alerts = buildAlerts([plainAlerts], homelab);
const asRendered: Cast = { name: 'plain', homelab, alerts };
const nasDown = troubles.find(({ name }) => name.startsWith('NAS down')) as Scene;

const firing = (name: string, host: string, from: number, until?: number): Firing => ({
  labels: { alertname: name, host, severity: 'critical', category: 'availability' },
  annotations: { summary: `${name} of ${host}` },
  from,
  ...(until !== undefined && { until }),
});
const rendered = renderAlertmanager(homelab, alerts)[0]?.text ?? '';
const replay = (firings: readonly Firing[], factor = 400): Promise<Replayed> =>
  replayTimeline({ name: 'a timeline', minutes: 42, firings }, rendered, { factor });
const story = ({ messages }: Replayed): readonly string[] =>
  messages.map(({ status, alerts: told }) => `${status} ${told.map(({ labels }) => labels['alertname']).join(', ')}`);

describeWithPrograms(['promtool', 'alertmanager'], 'a replay', () => {
  it('has a message when an alert begins and one when it ended', async () => {
    const one = await replay([firing('HostDown', 'nas', 5, 12)]);
    expect(one.messages).toMatchObject([
      { receiver: 'phone', status: 'firing', groupLabels: { host: 'nas' } },
      { receiver: 'phone', status: 'resolved', alerts: [{ labels: { host: 'nas' } }] },
    ]);
    expect(one.changes).toContain('group_wait: 30s -> 75ms');
  });

  it('has a message each time that it begins anew, as Alertmanager at its own pace has', async () => {
    // Each is over before the next turn of a group that had stayed from the first one on: every five minutes after 6.5.
    const again = [6, 19, 32].map((from) => firing('HostDown', 'nas', from, from + 2));
    const once = ['firing HostDown', 'resolved HostDown'];
    expect(story(await replay(again))).toEqual([...once, ...once, ...once]);
  });

  it('has no message about what a host that is down explains, until the host is back', async () => {
    const services = [10, 11, 12].map((from) => firing(`Service${from}`, 'nas', from, 30));
    // What ends together with the host is in its message: one machine is one group.
    expect(story(await replay([firing('HostDown', 'nas', 5, 30), ...services]))).toEqual([
      'firing HostDown',
      expect.stringMatching(/^resolved HostDown/),
    ]);
    const elsewhere = firing('ServiceElsewhere', 'media', 10, 30);
    expect(story(await replay([firing('HostDown', 'nas', 5, 30), elsewhere]))).toContain('firing ServiceElsewhere');
    const slow = firing('SlowService', 'nas', 10, 36);
    expect(story(await replay([firing('HostDown', 'nas', 5, 30), slow])).join('\n')).toMatch(/^firing .*SlowService/m);
  });

  it('has none where nothing fires', async () => {
    expect((await replay([])).messages).toEqual([]);
  });

  it('goes slower on a machine that cannot keep the pace', async () => {
    const impossible = 600_000;
    const { factor, messages } = await replay([firing('HostDown', 'nas', 5, 12)], impossible);
    expect(factor).toBeLessThan(impossible);
    expect(messages).toHaveLength(2);
  });

  it('sees a storm when there is one', async () => {
    const storm: Cast = { ...asRendered, name: 'storm', change: withoutGroupingAndInhibition };
    const verdicts = await playScenes([asRendered, storm].map((cast) => ({ scene: nasDown, cast })));
    console.log(formatVerdicts(verdicts));
    const [calm, wild] = verdicts;
    if (!calm || !wild) throw new Error('both were played');
    expect(countMessages(calm.replayed).messages, formatMessages(calm.replayed)).toBeLessThanOrEqual(2);
    expect(countMessages(wild.replayed).messages).toBeGreaterThan(20);
    expect(missesOf(wild)[0]).toMatch(
      /^NAS down with 20 services on it: \d\d messages and \d\d resolutions, at most 2/,
    );
  });
});

interface Route {
  readonly group_by?: readonly string[];
  readonly routes?: readonly Route[];
}

/** Every alert by itself, and nothing kept quiet. */
const withoutGroupingAndInhibition = (alertmanagerYaml: string): string => {
  const { inhibit_rules: _, route, ...rest } = parse(alertmanagerYaml) as { inhibit_rules: unknown; route: Route };
  const alone = ({ routes, ...own }: Route): Route => ({
    ...own,
    ...(own.group_by && { group_by: ['...'] }),
    ...(routes && { routes: routes.map(alone) }),
  });
  return stringify({ ...rest, route: alone(route) });
};
