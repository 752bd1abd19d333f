import { describe, expect, it } from 'vitest';
import type { AlertingSettings, AlertTuning, Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import { atLevel, is } from './condition';
import { buildAlerts } from './define';
import { conditionQuery, measuredQuery } from './rule';
import { sampleGroup, sampleHomelab } from './testing/sample';
import { plainText, renderText } from './text';
import { titleOf } from './tune';

/** Three alerts: one on a device, its worse stage, one about absence. */
const group = sampleGroup(
  ({ host }) => ({
    name: 'HostFilesystemAlmostFull',
    signal: host.filesystemUsed,
    when: atLevel(host.filesystemUsed, 'warning'),
    description: '{mountpoint} is {value} full, {threshold} or more for {for}.',
    panel: { dashboard: 'host-use', signal: host.filesystemUsed },
    pack: 'standard',
  }),
  ({ host }) => ({
    name: 'HostFilesystemFull',
    signal: host.filesystemUsed,
    when: atLevel(host.filesystemUsed, 'critical'),
    severity: 'critical',
    escalates: 'HostFilesystemAlmostFull',
    pack: 'standard',
  }),
  ({ host }) => ({
    name: 'HostDown',
    absenceOf: 'host',
    signal: host.up,
    when: is(0),
    description: '{host} does not answer.',
    pack: 'essential',
  }),
);

const build = (
  alerts: Readonly<Record<string, AlertTuning>>,
  rest: Partial<Homelab> = {},
  more: AlertingSettings = {},
) =>
  buildAlerts(
    [group],
    resolveHomelab({ hosts: [{ name: 'nas' }], ...rest, alerting: { pack: 'all', ...more, alerts } }),
  );
const rulesOf = (...parameters: Parameters<typeof build>) =>
  build(...parameters).groups.flatMap(({ alerts }) => alerts);
const tuned = (tuning: AlertTuning, rest?: Partial<Homelab>) =>
  rulesOf({ HostFilesystemAlmostFull: tuning }, rest).filter(({ name }) => name === 'HostFilesystemAlmostFull');

describe('packs', () => {
  const names = (more: AlertingSettings, alerts = {}) => [
    ...new Set(rulesOf(alerts, {}, more).map(({ name }) => name)),
  ];

  it('hold those before them', () => {
    expect(names({ pack: 'essential' })).toEqual(['HostDown']);
    expect(names({ pack: 'standard' })).toHaveLength(3);
  });

  it('are overruled alert by alert', () => {
    expect(
      names({ pack: 'essential' }, { HostFilesystemFull: { enabled: true }, HostDown: { enabled: false } }),
    ).toEqual(['HostFilesystemFull']);
  });

  it('that are off are told in one line, with the way to switch them on', () => {
    expect(build({}, {}, { pack: 'essential' }).omissions).toEqual([
      {
        what: 'alerts',
        where: '2 of the pack standard',
        why: "off; `alerting: { pack: 'standard' }` in the homelab file switches them on, `alerts: { HostFilesystemAlmostFull: { enabled: true } }` a single one",
      },
    ]);
    expect(build({ HostDown: { enabled: false } }).omissions).toEqual([]);
  });

  it('do not hide that something tuned is off', () => {
    expect(build({ HostFilesystemFull: { for: '1h' } }, {}, { pack: 'essential' }).notes).toEqual([
      'HostFilesystemFull is tuned and off, as its pack standard is: add `enabled: true` to have it',
    ]);
  });

  it('do not hold back the alerts of one’s own, nor what asks for every pack', () => {
    const own = sampleHomelab({ pack: 'essential' });
    expect(buildAlerts([sampleGroup({})], own).groups).toHaveLength(1);
    expect(buildAlerts([group], own, { everyPack: true }).groups[0]?.alerts).toHaveLength(3);
  });
});

describe('a threshold', () => {
  it('moves the condition, the text, and the line of the panel', () => {
    const built = build({ HostFilesystemAlmostFull: { threshold: '96%' } });
    const [alert, worse] = built.groups[0]!.alerts;
    expect(conditionQuery(alert!)).toMatch(/>= 0\.96$/);
    expect(renderText(alert!.description, alert!, plainText)).toContain('96% or more');
    expect(conditionQuery(worse!)).toMatch(/>= 0\.97$/);
    expect(built.levels['host.filesystemUsed']).toMatchObject({
      critical: 0.96,
      alert: { warning: 0.96, critical: 0.97 },
    });
    expect(built.notes).toEqual([]);
  });

  it('of two alerts on one signal moves both lines', () => {
    const { levels } = build({
      HostFilesystemAlmostFull: { threshold: 0.85 },
      HostFilesystemFull: { threshold: 0.98 },
    });
    expect(levels['host.filesystemUsed']).toEqual({
      bad: 'high',
      warn: 0.85,
      critical: 0.98,
      alert: { warning: 0.85, critical: 0.98 },
      why: 'HostFilesystemAlmostFull starts at 85%, as the homelab file says; HostFilesystemFull starts at 98%, as the homelab file says',
    });
  });

  it('is noted where the worse stage would come first', () => {
    expect(build({ HostFilesystemAlmostFull: { threshold: 0.98 } }).notes).toEqual([
      'HostFilesystemAlmostFull starts at 98%, its worse stage HostFilesystemFull at 97%: raise that too',
    ]);
    expect(
      build({ HostFilesystemAlmostFull: { threshold: 0.98 }, HostFilesystemFull: { threshold: 0.99 } }).notes,
    ).toEqual([]);
  });

  it('of some series leaves the panel alone', () => {
    expect(
      build({ HostFilesystemAlmostFull: { overrides: [{ match: { mountpoint: '/media' }, threshold: 0.96 }] } }).levels,
    ).toEqual({});
  });

  it('is refused with its place and what is allowed', () => {
    const refused = (name: string, threshold: number | string) => () => build({ [name]: { threshold } });
    expect(refused('HostFilesystemFull', 95)).toThrow(
      "error: alerting.alerts.HostFilesystemFull.threshold: out of range: the alert would never fire, got 95\n  allowed: from 0% to 100%\n  try: write 0.95 or '95%'",
    );
    expect(refused('HostFilesystemFull', '80 °C')).toThrow(
      "unreadable threshold, got '80 °C'\n  allowed: a number in shares (1 is 100 %), or '95%'",
    );
    expect(refused('HostDown', 1)).toThrow(/a threshold for HostDown, which is about a state/);
  });
});

describe('info', () => {
  const rest = { HostFilesystemFull: { severity: 'info' } } as const;

  it('is no message: left out where Grafana would send it, also where only the homelab file makes it info', () => {
    const built = build(rest);
    expect(built.omissions).toContainEqual(expect.objectContaining({ where: 'HostFilesystemFull' }));
    const receivers = { mail: { kind: 'email', to: ['me@example.org'] } } as const;
    expect(build(rest, {}, { receivers }).omissions).toEqual([]);
  });
});

describe('the rest of a tuning', () => {
  it('is carried', () => {
    expect(tuned({ for: '2h', severity: 'critical', notify: 'mail' })[0]).toMatchObject({
      for: '2h',
      severity: 'critical',
      notify: ['mail'],
    });
    expect(tuned({ notify: [] })[0]?.notify).toEqual([]);
    expect(tuned({ notify: ['phone', 'mail', 'phone'] })[0]?.notify).toEqual(['phone', 'mail']);
    expect(tuned({})[0]).not.toHaveProperty('notify');
  });

  it('names an alert that there is, or the nearest', () => {
    expect(() => build({ HostDwon: { enabled: false } })).toThrow(
      /alerting\.alerts\.HostDwon: no alert is called so\n.*\n {2}try: write `HostDown:`/,
    );
  });
});

describe('overrides', () => {
  const overrides = [
    { match: { mountpoint: ['/media', '/backup'] }, threshold: 0.97 },
    { match: { host: 'pi', mountpoint: '/media' }, for: '1d' },
    { match: { host: 'pi' }, severity: 'critical' as const },
  ];

  it('are rules of their own, which leave each other out', () => {
    const rules = tuned({ overrides, except: { mountpoint: '/mnt' } }).map((alert) => [
      titleOf(alert),
      conditionQuery(alert),
    ]);
    expect(rules.map(([title]) => title)).toEqual([
      'HostFilesystemAlmostFull',
      'HostFilesystemAlmostFull (mountpoint /backup or /media)',
      'HostFilesystemAlmostFull (host pi)',
    ]);
    expect(rules[0]?.[1]).toContain('mountpoint!~"/mnt|/media|/backup", host!="pi"');
    expect(rules[1]?.[1]).toContain('mountpoint=~"/media|/backup"');
    expect(rules[2]?.[1]).toContain('mountpoint!~"/mnt|/media|/backup", host="pi"');
  });

  it('that fit nothing are noted', () =>
    expect(
      build(
        { HostFilesystemAlmostFull: { overrides: overrides.slice(0, 2) } },
        { hosts: [{ name: 'nas' }, { name: 'pi' }] },
      ).notes,
    ).toEqual([
      'HostFilesystemAlmostFull: override 2 (host pi, mountpoint /media) fits only what is left out or an earlier one fits',
    ]));

  it('for a host that the homelab file does not know are noted, with the nearest', () => {
    const notes = (host: string) =>
      build({ HostFilesystemAlmostFull: { except: { host } } }, { hosts: [{ name: 'nas' }, { name: 'media' }] }).notes;
    expect(notes('nass')).toEqual([
      'HostFilesystemAlmostFull: no host of the homelab file is called nass; perhaps nas',
    ]);
    expect(notes('nas')).toEqual([]);
  });

  it('keep their key when their order changes', () => {
    const keys = (all: typeof overrides) => tuned({ overrides: all }).map(({ part }) => part?.key);
    expect(new Set(keys([...overrides].reverse())).has(keys(overrides)[1])).toBe(true);
  });

  it('have titles that Grafana takes, each its own, however much they fit', () => {
    const mountpoints = Array.from({ length: 40 }, (_, index) => `/mnt/größe-${index}`);
    const [, first, second] = tuned({
      overrides: [
        { match: { mountpoint: mountpoints }, for: '1d' },
        { match: { mountpoint: [...mountpoints, '/mnt/more'] }, for: '2d' },
      ],
    }).map(titleOf);
    expect(Buffer.byteLength(first!)).toBeLessThan(190);
    expect(first).toMatch(/^HostFilesystemAlmostFull \(mountpoint \/mnt\/größe-0 or .*… \([0-9a-f]{8}\)\)$/);
    expect(second).not.toBe(first);
  });

  it('are refused for labels that the alert does not carry', () => {
    expect(() => tuned({ overrides: [{ match: { mountpiont: '/media' }, for: '1h' }] })).toThrow(
      /overrides\[0\]\.match\.mountpiont: HostFilesystemAlmostFull has no label of that name\n {2}allowed: mountpoint[\s\S]*try: write `mountpoint:`/,
    );
    expect(() => tuned({ except: [{ host: 'nas' }, { disk: 'sda' }] })).toThrow(/except\[1\]\.disk/);
    expect(() => tuned({ except: [{ host: 'nas' }, {}] })).toThrow(
      /except\[1\]: it fits everything[\s\S]*try: to switch the alert off write `HostFilesystemAlmostFull: \{ enabled: false \}`/,
    );
  });

  it('find hosts as this homelab’s data have them', () => {
    const of = (identity: { label: string; pattern: string } | string) =>
      conditionQuery(
        tuned(
          { except: { host: ['nas', 'pi'] } },
          { sources: { node_exporter: { select: { job: 'x' }, identity: { host: identity } } } },
        )[0]!,
      );
    expect(of('instance')).toContain('instance!~"nas|pi"');
    expect(of({ label: 'instance', pattern: '{host}:9100' })).toContain('instance!~"(nas|pi):9100"');
    expect(of({ label: 'instance', pattern: 'home.{host}' })).toContain('instance!~"home\\\\.(nas|pi)"');
  });
});

describe('what sleeps', () => {
  it('is not missed, and its other alerts stay', () => {
    const rules = rulesOf({}, { hosts: [{ name: 'nas' }, { name: 'desktop', sleeps: true }] });
    const query = (name: string) => conditionQuery(rules.find((rule) => rule.name === name)!);
    expect(query('HostDown')).toContain('host!="desktop"');
    expect(query('HostFilesystemFull')).not.toContain('desktop');
  });
});

describe('what depends on something', () => {
  const hosts = [{ name: 'box' }, { name: 'vm', dependsOn: 'box' }];
  const query = (engine: 'grafana' | 'prometheus', sleeps = false) => {
    const rest = { hosts: hosts.map((host) => ({ ...host, sleeps: sleeps && host.name === 'box' })) };
    const [rule] = rulesOf({}, rest, { engine }).filter(({ name }) => name === 'HostDown');
    return measuredQuery(rule!);
  };

  it('is quiet in Grafana while that is down now', () =>
    expect(query('grafana')).toBe(
      'max by (host) (up{job="node", host!="vm"}) or max by (host) (up{job="node", host="vm"}) unless on () max by (host) (up{job="node", host="box"}) == 0',
    ));

  it('is left to the messages of other engines, but for what they do not tell', () => {
    expect(query('prometheus')).toBe('max by (host) (up{job="node"})');
    expect(query('prometheus', true)).toContain('unless on ()');
  });
});
