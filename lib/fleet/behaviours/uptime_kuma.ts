import type { Content, Rows, Series } from '../content';
import type { Behave } from '../place';
import { isIn, wave } from '../time/course';
import { fractionOf } from '../time/seed';
import { befalls, windowsOf } from '../world/world';

const day = 86_400;

const reverseProxy = 'Reverse proxy';
const oldName = 'Proxy';

/** Uptime Kuma asks what the probes of the homelab ask, or its services where there are none; `monitor_id` and the windows came with version 2. */
export const uptimeKuma: Behave = ({ world, key, catalog }) => {
  const { probes, services } = world.homelab;
  const asked =
    probes.targets.length > 0
      ? probes.targets.map(({ name, target, by }) => ({ name, target, by }))
      : services.slice(0, 6).map(({ name }) => ({ name, target: `http://${name}.home.arpa/`, by: 'http' as const }));
  // At least one that has a certificate, for what is told of certificates only.
  const monitors = [...asked, { name: reverseProxy, target: 'https://home.arpa/', by: 'http' as const }];
  const isV2 = 'monitor_id' in (catalog.metrics['monitor_status']?.labels ?? {});
  const labelsOf = ({ name, target, by }: (typeof monitors)[number], index: number) => ({
    ...(isV2 && { monitor_id: String(index + 1) }),
    monitor_name: name,
    monitor_type: by === 'icmp' ? 'ping' : by === 'tcp' ? 'port' : by,
    monitor_url: by === 'http' ? target : 'https://',
    monitor_hostname: by === 'http' ? 'null' : target.replace(/:\d+$/, ''),
    monitor_port: /:(\d+)$/.exec(target)?.[1] ?? 'null',
  });
  const isUp = (name: string, time: number): boolean =>
    !(name === reverseProxy && time % 360 < 120 && befalls(world, 'kuma-monitor-flapping', undefined, time)) &&
    !['kuma-monitor-down', 'service-down', 'service-broken', 'media-server-down', 'app-unreachable'].some((incident) =>
      befalls(world, incident, name, time),
    );
  const each = (content: (monitor: (typeof monitors)[number]) => Content): Series =>
    monitors.map((monitor, index) => [labelsOf(monitor, index), content(monitor)]);
  const secured = monitors.flatMap((monitor, index) =>
    monitor.target.startsWith('https:') ? [{ monitor, index }] : [],
  );
  const ofCertificate = (content: Content): Rows =>
    secured.map(({ monitor, index }) => [labelsOf(monitor, index), content]);
  const windows = ['1d', '30d', '365d'] as const;
  const perWindow = (content: (name: string, window: (typeof windows)[number]) => Content): Rows =>
    monitors.flatMap((monitor, index) =>
      windows.map((window) => [{ ...labelsOf(monitor, index), window }, content(monitor.name, window)] as const),
    );
  const milliseconds = (name: string) => wave(`${key} ${name}`, { mean: 45, day: 0.2, noise: 0.3 });
  // A name that nobody asks for any more: it is there until Uptime Kuma restarts, with what it said last.
  const renamings = windowsOf(world, 'kuma-monitor-renamed');
  const ofOldName = (value: number): Series =>
    renamings.length === 0
      ? []
      : [
          [
            labelsOf({ name: oldName, target: 'https://home.arpa/', by: 'http' }, monitors.length - 1),
            (time) => (renamings.some((window) => isIn(window, time)) ? value : undefined),
          ],
        ];
  return {
    metrics: {
      monitor_status: [
        ...each(
          ({ name }) =>
            (time) =>
              Number(isUp(name, time)),
        ),
        ...ofOldName(1),
      ],
      monitor_response_time: [
        ...each(
          ({ name }) =>
            (time) =>
              isUp(name, time) ? Math.round(milliseconds(name).at(time)) : -1,
        ),
        ...ofOldName(41),
      ],
      monitor_cert_days_remaining: ofCertificate((time) => 30 + (60 - (Math.floor(time / day) % 60))),
      monitor_cert_is_valid: ofCertificate(1),
      ...(Object.hasOwn(catalog.metrics, 'monitor_uptime_ratio') && {
        monitor_uptime_ratio: perWindow(
          (name, window) => (time) =>
            (isUp(name, time)
              ? {
                  '1d': 1,
                  '30d': 1 - 0.0004 * fractionOf(`${key} ${name}`),
                  '365d': 1 - 0.0009 * fractionOf(`${key} ${name}`),
                }
              : { '1d': 0.97, '30d': 0.998, '365d': 0.9986 })[window],
        ),
        monitor_response_time_seconds: perWindow((name) => (time) => milliseconds(name).at(time - (time % 60)) / 1000),
      }),
    },
  };
};
