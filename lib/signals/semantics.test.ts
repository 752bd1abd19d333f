import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { stringify } from 'yaml';
import { contextOf } from '../expression/testing/context';
import { requireProgram } from '../proof/programs';
import { withPrograms } from '../proof/testing/with-programs';
import { bindAll, type Signals } from './index';
import { queryOf, type Signal } from './signal';

/** What a signal is for given samples, one a minute: the result that a real Prometheus reckons. */
interface Semantics {
  readonly what: string;
  readonly signal: (signals: Signals) => Signal;
  readonly homelab?: Parameters<typeof contextOf>[0];
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  /** Labels -> value. */
  readonly gives: Readonly<Record<string, number>>;
}

const nas = 'job="node",instance="nas:9100",host="nas"';
const probe = (service: string): string => `probe_success{job="blackbox",instance="${service}",service="${service}"}`;

const onLine = (service: string, metric = 'probe_success', labels = ''): string =>
  `${metric}{job="blackbox",instance="${service}",service="${service}",group="internet"${labels}}`;
const line = { probes: { internet: [{ name: 'a', address: '1.1.1.1' }] } };
const tracked = (server: string): string =>
  `speedtest_tracker_download_bits{job="speedtest-tracker",service="speedtest_tracker",server_name="${server}"}`;

const table: readonly Semantics[] = [
  {
    what: 'a library of Plex without any series is empty, while Plex answers',
    signal: ({ plex }) => plex.libraryKept,
    homelab: { exporters: ['plex_exporter_cplieger'] },
    series: {
      'plex_library_items{job="plex",service="plex",library="Films"}': '400x30 stale',
      'plex_library_items{job="plex",service="plex",library="Books"}': '40x30 stale',
      'plex_http_reachable{job="plex",service="plex"}': '1x60',
    },
    at: '60m',
    gives: { '{service="plex",library="Films"}': 0 },
  },
  {
    what: 'a library of Plex is not known to be empty while Plex does not answer',
    signal: ({ plex }) => plex.libraryKept,
    homelab: { exporters: ['plex_exporter_cplieger'] },
    series: {
      'plex_library_items{job="plex",service="plex",library="Films"}': '400x30 stale',
      'plex_http_reachable{job="plex",service="plex"}': '1x30 0x30',
    },
    at: '60m',
    gives: {},
  },
  {
    what: 'CPU busy counts neither waiting for disks nor what the hypervisor took',
    signal: ({ host }) => host.cpuBusy,
    series: {
      [`node_cpu_seconds_total{${nas},cpu="0",mode="idle"}`]: '0+30x10',
      [`node_cpu_seconds_total{${nas},cpu="0",mode="iowait"}`]: '0+15x10',
      [`node_cpu_seconds_total{${nas},cpu="0",mode="user"}`]: '0+15x10',
      [`node_cpu_seconds_total{${nas},cpu="1",mode="idle"}`]: '0+60x10',
    },
    at: '10m',
    gives: { '{host="nas"}': 0.125 },
  },
  {
    what: 'sensors without a name go by their own',
    signal: ({ host }) => host.temperature,
    series: {
      [`node_hwmon_temp_celsius{${nas},chip="coretemp",sensor="temp1"}`]: '50',
      [`node_hwmon_temp_celsius{${nas},chip="coretemp",sensor="temp2"}`]: '60',
      [`node_hwmon_sensor_label{${nas},chip="coretemp",sensor="temp1",label="package"}`]: '1',
    },
    at: '0m',
    gives: {
      '{host="nas",chip="coretemp",sensor="temp1",label="package"}': 50,
      '{host="nas",chip="coretemp",sensor="temp2",label="temp2"}': 60,
    },
  },
  {
    what: 'a limit of 0 or 6553 degrees is no limit',
    signal: ({ host }) => host.temperatureLeft,
    series: {
      [`node_hwmon_temp_celsius{${nas},chip="a",sensor="temp1"}`]: '90',
      [`node_hwmon_temp_celsius{${nas},chip="a",sensor="temp2"}`]: '90',
      [`node_hwmon_temp_celsius{${nas},chip="a",sensor="temp3"}`]: '90',
      [`node_hwmon_temp_crit_celsius{${nas},chip="a",sensor="temp1"}`]: '100',
      [`node_hwmon_temp_crit_celsius{${nas},chip="a",sensor="temp2"}`]: '0',
      [`node_hwmon_temp_crit_celsius{${nas},chip="a",sensor="temp3"}`]: '6553.5',
    },
    at: '0m',
    gives: { '{host="nas",chip="a",sensor="temp1",label="temp1"}': 10 },
  },
  {
    what: 'an alarm in thousandths is an alarm',
    signal: ({ host }) => host.hardwareAlarm,
    series: {
      [`node_hwmon_temp_crit_alarm_celsius{${nas},chip="a",sensor="temp1"}`]: '0.001',
      [`node_hwmon_fan_alarm{${nas},chip="a",sensor="fan1"}`]: '0',
    },
    at: '0m',
    gives: {
      '{host="nas",chip="a",sensor="temp1",alarm="temperature"}': 1,
      '{host="nas",chip="a",sensor="fan1",alarm="fan"}': 0,
    },
  },
  {
    what: 'the busier direction counts, and no speed is no share',
    signal: ({ host }) => host.networkUsed,
    series: {
      [`node_network_receive_bytes_total{${nas},device="eth0"}`]: '0+6000x10',
      [`node_network_transmit_bytes_total{${nas},device="eth0"}`]: '0+600x10',
      [`node_network_speed_bytes{${nas},device="eth0"}`]: '1000x10',
      [`node_network_receive_bytes_total{${nas},device="wlan0"}`]: '0+6000x10',
      [`node_network_transmit_bytes_total{${nas},device="wlan0"}`]: '0+600x10',
      [`node_network_speed_bytes{${nas},device="wlan0"}`]: '-1x10',
    },
    at: '10m',
    gives: { '{host="nas",device="eth0"}': 0.1 },
  },
  {
    what: 'a filesystem that empties is never full',
    signal: ({ host }) => host.timeToFull,
    series: {
      [`node_filesystem_avail_bytes{${nas},device="a",mountpoint="/filling",fstype="ext4"}`]: '100000-60x360',
      [`node_filesystem_avail_bytes{${nas},device="b",mountpoint="/emptying",fstype="ext4"}`]: '100000+60x360',
    },
    at: '6h',
    gives: { '{host="nas",mountpoint="/filling"}': 78_400 },
  },
  {
    what: 'what was writable yesterday and is not now',
    signal: ({ host }) => host.filesystemTurnedReadOnly,
    series: {
      [`node_filesystem_readonly{${nas},device="a",mountpoint="/",fstype="ext4"}`]: '0x100 1x100',
      [`node_filesystem_readonly{${nas},device="b",mountpoint="/snap",fstype="ext4"}`]: '1x200',
    },
    at: '150m',
    gives: { '{host="nas",mountpoint="/"}': 1, '{host="nas",mountpoint="/snap"}': 0 },
  },
  {
    what: 'a clock that is set is no restart',
    signal: ({ host }) => host.restarted,
    series: {
      [`node_boot_time_seconds{${nas}}`]: '1000x30 1001x30',
      'node_boot_time_seconds{job="node",instance="pi:9100",host="pi"}': '1000x30 2800x30',
    },
    at: '60m',
    gives: { '{host="nas"}': 0, '{host="pi"}': 1 },
  },
  {
    what: 'none down is 0',
    signal: ({ probe: { downCount } }) => downCount,
    series: { [probe('jellyfin')]: '1', [probe('grafana')]: '1' },
    at: '0m',
    gives: { '{}': 0 },
  },
  {
    what: 'one down is 1',
    signal: ({ probe: { downCount } }) => downCount,
    series: { [probe('jellyfin')]: '1', [probe('grafana')]: '0' },
    at: '0m',
    gives: { '{}': 1 },
  },
  {
    what: 'blind is nothing, and not 0',
    signal: ({ probe: { downCount } }) => downCount,
    series: { [`node_load1{${nas}}`]: '1' },
    at: '0m',
    gives: {},
  },
  {
    what: 'nothing fires while something answers',
    signal: ({ scrape }) => scrape.firingCount,
    series: { [`up{${nas}}`]: '1' },
    at: '0m',
    gives: { '{}': 0 },
  },
  {
    what: 'the heartbeat, which fires always, is no alert that fires',
    signal: ({ scrape }) => scrape.firingCount,
    series: {
      [`up{${nas}}`]: '1',
      'ALERTS{alertname="DeadMansSwitch",alertstate="firing",severity="info"}': '1',
      'ALERTS{alertname="HostDown",alertstate="firing",severity="critical",host="pi"}': '1',
      'ALERTS{alertname="HostLoadHigh",alertstate="pending",severity="warning",host="nas"}': '1',
    },
    at: '0m',
    gives: { '{}': 1 },
  },
  {
    what: 'each machine has its count of alerts, and what is about no machine has no line',
    signal: ({ scrape }) => scrape.firingByHost,
    series: {
      [`up{${nas}}`]: '1',
      'up{job="node",instance="pi:9100",host="pi"}': '0',
      'ALERTS{alertname="HostDown",alertstate="firing",severity="critical",host="pi"}': '1',
      'ALERTS{alertname="ServiceDown",alertstate="firing",severity="critical",service="grafana"}': '1',
    },
    at: '0m',
    gives: { '{host="nas"}': 0, '{host="pi"}': 1 },
  },
  {
    what: 'what fires comes before what is pending, and what is neither is not there',
    signal: ({ scrape }) => scrape.alerts,
    series: {
      'ALERTS{alertname="HostDown",alertstate="firing",severity="critical",host="pi"}': '1',
      'ALERTS{alertname="HostLoadHigh",alertstate="pending",severity="warning",host="nas"}': '1',
      'ALERTS{alertname="DeadMansSwitch",alertstate="firing",severity="info"}': '1',
    },
    at: '0m',
    gives: {
      '{alertname="HostDown",severity="critical",host="pi"}': 2,
      '{alertname="HostLoadHigh",severity="warning",host="nas"}': 1,
    },
  },
  {
    what: 'services down does not count the router',
    signal: ({ probe: { servicesDown } }) => servicesDown,
    series: {
      'probe_success{job="blackbox",instance="a",service="jellyfin",group="service"}': '0',
      'probe_success{job="blackbox",instance="b",service="grafana",group="service"}': '1',
      'probe_success{job="blackbox",instance="c",service="router",group="router"}': '0',
    },
    at: '0m',
    gives: { '{}': 1 },
  },
  {
    what: 'no machine down is 0, no machine at all is nothing',
    signal: ({ host }) => host.downCount,
    series: { [`up{${nas}}`]: '1' },
    at: '0m',
    gives: { '{}': 0 },
  },
  {
    what: 'no errors yet is 0, no requests is nothing',
    signal: ({ prometheus }) => prometheus.requestErrors,
    series: {
      'prometheus_http_requests_total{job="prometheus",service="busy",handler="/",code="200"}': '0+60x10',
      'prometheus_http_requests_total{job="prometheus",service="idle",handler="/",code="200"}': '5x10',
    },
    at: '10m',
    gives: { '{service="busy"}': 0 },
  },
  {
    what: 'remote write is behind by queue, the newest sample is one for all',
    signal: ({ prometheus }) => prometheus.remoteWriteLag,
    homelab: { exporters: [{ exporter: 'prometheus', version: '2.42.0' }] },
    series: {
      'prometheus_remote_storage_highest_timestamp_in_seconds{job="prometheus",service="p"}': '1000',
      'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{job="prometheus",service="p",remote_name="a",url="x"}':
        '990',
      'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{job="prometheus",service="p",remote_name="b",url="y"}':
        '400',
    },
    at: '0m',
    gives: { '{service="p",remote_name="a"}': 10, '{service="p",remote_name="b"}': 600 },
  },
  {
    what: 'a target that Prometheus does not know is missing',
    signal: ({ scrape }) => scrape.absent,
    series: { 'up{job="prometheus",instance="prometheus:9090",service="prometheus"}': '0' },
    at: '0m',
    gives: { [`{job="node",host="nas"}`]: 1, '{job="blackbox",service="blackbox-exporter"}': 1 },
  },
  {
    what: 'who answers now and did not for a week is new',
    signal: ({ lan }) => lan.newcomer,
    series: {
      'probe_success{job="blackbox-lan",instance="192.168.1.7",device="192.168.1.7"}': '0x100 1x20',
      'probe_success{job="blackbox-lan",instance="192.168.1.8",device="192.168.1.8"}': '1x120',
      'probe_success{job="blackbox-lan",instance="192.168.1.9",device="192.168.1.9"}': '0x120',
    },
    at: '120m',
    gives: { '{device="192.168.1.7"}': 1, '{device="192.168.1.8"}': 0 },
  },
  {
    what: 'what stopped answering a few minutes ago went down; one lost answer, and what is down for long, is no news',
    signal: ({ probe: { wentDown } }) => wentDown,
    series: {
      [probe('gone')]: '1x54 0x10',
      [probe('blip')]: '1x58 0 1x10',
      [probe('dead')]: '0x70',
    },
    at: '60m',
    gives: { '{service="gone"}': 1, '{service="blip"}': 0 },
  },
  {
    what: 'the line went down when all addresses did, not one of two',
    signal: ({ probe: { lineWentDown } }) => lineWentDown,
    homelab: line,
    series: { [onLine('a')]: '1x54 0x10', [onLine('b')]: '1x70' },
    at: '60m',
    gives: { '{}': 0 },
  },
  {
    what: 'the line went down when all addresses did',
    signal: ({ probe: { lineWentDown } }) => lineWentDown,
    homelab: line,
    series: { [onLine('a')]: '1x54 0x10', [onLine('b')]: '1x52 0x12' },
    at: '60m',
    gives: { '{}': 1 },
  },
  {
    what: 'an echo that did not come back is not the fastest',
    signal: ({ probe: { roundTrip } }) => roundTrip,
    homelab: line,
    series: {
      [onLine('a')]: '0',
      [onLine('b')]: '1',
      [onLine('a', 'probe_icmp_duration_seconds', ',phase="rtt"')]: '0',
      [onLine('b', 'probe_icmp_duration_seconds', ',phase="rtt"')]: '0.02',
    },
    at: '0m',
    gives: { '{service="b"}': 0.02 },
  },
  {
    what: 'a certificate that ran out, so that the probe fails and tells none, is still known, and below zero',
    signal: ({ probe: { certificateTimeLeft } }) => certificateTimeLeft,
    series: {
      'probe_ssl_earliest_cert_expiry{job="blackbox",service="expired"}': '1800x30 _x100',
      'probe_ssl_earliest_cert_expiry{job="blackbox",service="fine"}': '90000x120',
    },
    at: '60m',
    gives: { '{service="expired"}': -1800, '{service="fine"}': 86_400 },
  },
  {
    what: 'a certificate that runs out in two weeks and a bit is not overdue, one in less is',
    signal: ({ probe: { certificatesDue } }) => certificatesDue,
    series: {
      'probe_ssl_earliest_cert_expiry{job="blackbox",service="a"}': '1209601',
      'probe_ssl_earliest_cert_expiry{job="blackbox",service="b"}': '1209599',
    },
    at: '0m',
    gives: { '{}': 1 },
  },
  {
    what: 'a chain that nobody checked, whose end is in the year 1, has no time left and is not trusted',
    signal: ({ probe: { chainLeft } }) => chainLeft,
    series: {
      'probe_ssl_last_chain_expiry_timestamp_seconds{job="blackbox",service="self"}': '-62135596800',
      'probe_ssl_last_chain_expiry_timestamp_seconds{job="blackbox",service="ca"}': '86400',
    },
    at: '0m',
    gives: { '{service="ca"}': 86_400 },
  },
  {
    what: 'what does not answer is not plain HTTP: its probe says 0 for lack of an answer',
    signal: ({ probe: { plainCount } }) => plainCount,
    series: {
      [probe('dead')]: '0',
      [probe('plain')]: '1',
      [probe('tls')]: '1',
      [probe('dead').replace('probe_success', 'probe_http_ssl')]: '0',
      [probe('plain').replace('probe_success', 'probe_http_ssl')]: '0',
      [probe('tls').replace('probe_success', 'probe_http_ssl')]: '1',
    },
    at: '0m',
    gives: { '{}': 1 },
  },
  {
    what: 'no old TLS is 0 while there is any',
    signal: ({ probe: { oldTls } }) => oldTls,
    series: { 'probe_tls_version_info{job="blackbox",service="a",version="TLS 1.3"}': '1' },
    at: '0m',
    gives: { '{}': 0 },
  },
  {
    what: 'a speed test that failed has no speed',
    signal: ({ internet }) => internet.download,
    homelab: { exporters: ['speedtest_exporter'] },
    series: {
      'speedtest_download_bits_per_second{job="speedtest",service="a"}': '0',
      'speedtest_download_bits_per_second{job="speedtest",service="b"}': '100',
    },
    at: '0m',
    gives: { '{service="b"}': 100 },
  },
  {
    what: 'the usual speed is the middle, over servers that change',
    signal: ({ internet }) => internet.downloadOfUsual,
    homelab: { exporters: [{ exporter: 'speedtest_tracker', port: 80 }] },
    series: {
      [tracked('near')]: '200x300 _x400',
      [tracked('far')]: '_x300 100x60',
    },
    at: '359m',
    gives: { '{service="speedtest_tracker"}': 0.5 },
  },
];

const typical = {
  probes: { lan: '192.168.1.0/24', services: [{ name: 'jellyfin', url: 'http://nas:8096' }] },
};

const expressionOf = ({ signal, homelab = typical }: Semantics): string =>
  queryOf(signal(bindAll(contextOf(homelab, { place: 'alert' }))));

describe('what signals mean', () => {
  withPrograms(['promtool'], 'is what a real Prometheus reckons', () => {
    const folder = mkdtempSync(join(tmpdir(), 'semantics-'));
    try {
      const file = join(folder, 'test.yaml');
      const tests = table.map((each) => ({
        name: each.what,
        interval: '1m',
        input_series: Object.entries(each.series).map(([series, values]) => ({ series, values })),
        promql_expr_test: [
          {
            expr: expressionOf(each),
            eval_time: each.at,
            exp_samples: Object.entries(each.gives).map(([labels, value]) => ({ labels, value })),
          },
        ],
      }));
      writeFileSync(file, stringify({ evaluation_interval: '1m', tests }));
      const { stdout, stderr, status } = spawnSync(requireProgram('promtool'), ['test', 'rules', file], {
        encoding: 'utf8',
      });
      expect(status, `${stdout}${stderr}`).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
