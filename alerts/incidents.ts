import type { AlertName } from '../lib/homelab/alert-names.gen';

/** What an incident of the simulated homelab must tell; a homelab need not have all of these alerts. */
interface Told {
  readonly fires: readonly AlertName[];
  /** One of these at least, where a homelab has any of them: which one depends on what watches there. */
  readonly anyOf?: readonly AlertName[];
  /** What may fire beside it, where it happens to somebody who has more. */
  readonly may?: readonly AlertName[];
  /** Minutes until it has come about, for one that stays. Default: it lasts for two hours. */
  readonly minutes?: number;
}

/** What a host tells of work that is too much for it. */
const busyHost = ['HostCpuHigh', 'HostCpuPressure', 'HostLoadHigh'] as const satisfies readonly AlertName[];

/**
 * Which alerts each incident fires (`lib/fleet/incidents`, `npm run prove`). One that is not named here must fire nothing: no alert
 * of ours is about it.
 *
 * One cause should be one message. Where two alerts speak of one cause, either the second one leaves out what the first one tells (an
 * app's own alert while its probe fails), or Alertmanager holds it back (what stands on a host that is down), or the two are for
 * different people to act on and both are listed here:
 * - `TargetDown` beside an app whose own page is gone: the page of an app that answers otherwise is worth a message, and Prometheus
 *   cannot tell the two apart.
 * - `TautulliPlexUnreachable` beside a Plex that is down: in most homes only one of the two is watched.
 * - `ArrHealthIssue` beside `IndexersAllDown`, which comes 45 minutes earlier: what the app calls an error is told as the app says it.
 */
export const told: Readonly<Record<string, Told>> = {
  // --- machines
  'host-down': { fires: ['HostDown'] },
  'host-restarted': { fires: ['HostRebooted'], may: ['HostDown'], minutes: 2 },
  // Full within half an hour: what predicts it may speak first.
  'disk-filling': {
    fires: ['HostFilesystemFull'],
    may: [
      'HostFilesystemAlmostFull',
      'HostFilesystemFilling',
      'HostFilesystemFillingFast',
      'JellyfinDiskFull',
      'ImmichDiskFull',
      'ArrRootFolderFilling',
    ],
    minutes: 30,
  },
  'media-disk-filling': {
    fires: ['ArrRootFolderFilling'],
    may: [
      'HostFilesystemFull',
      'HostFilesystemAlmostFull',
      'HostFilesystemFilling',
      'HostFilesystemFillingFast',
      'ImmichDiskFull',
    ],
    minutes: 30,
  },
  'load-high': { fires: ['HostLoadHigh'] },
  'swap-thrashing': { fires: ['HostSwapThrashing'] },
  'io-stalled': { fires: ['HostIoPressure'] },
  // `AlmostFull` says it at 95 %, `Full` takes over at 97 %.
  'inodes-exhausted': { fires: ['HostInodesFull'], may: ['HostInodesAlmostFull'] },
  'filesystem-read-only': { fires: ['HostFilesystemReadOnly'] },
  'filesystem-unreadable': { fires: ['HostFilesystemError'] },
  'segments-lost': { fires: ['HostTcpRetransmits'] },
  'connections-exhausted': { fires: ['HostConntrackNearLimit'] },
  'bond-degraded': { fires: ['HostBondDegraded'] },
  'fan-stopped': { fires: ['HostHardwareAlarm'] },
  'processor-throttled': { fires: ['HostCpuThrottled'] },
  'memory-errors': { fires: ['HostMemoryEccErrors'] },
  'memory-broken': { fires: ['HostMemoryEccUncorrected'] },
  'clock-wrong': { fires: ['HostClockSkew'] },
  'clock-alone': { fires: ['HostClockNotSynced'] },
  'unit-crash-looping': { fires: ['HostUnitCrashLooping'] },
  'files-exhausted': { fires: ['HostFileDescriptorsExhausted'], may: ['HostFileDescriptorsHigh'] },
  'memory-high': { fires: ['HostMemoryHigh'], may: ['HostSwapThrashing'] },
  'disk-slow': { fires: ['HostDiskSaturated'], may: ['HostIoPressure'] },
  'disk-lost': { fires: ['HostRaidDegraded'], may: ['HostRaidDiskFailed'] },
  'host-hot': { fires: ['HostTemperatureHigh'], may: ['HostCpuThrottled'] },
  'oom-kill': { fires: ['HostOomKill'] },
  'network-errors': { fires: ['HostNetworkErrors'] },
  'unit-failed': { fires: ['HostUnitFailed'] },

  // --- media servers
  // A server that writes its own metrics is gone with them; one with an exporter is said to be down by it. Its probe notices, too.
  'media-server-down': {
    fires: [],
    // One exporter (StefanAbl's) cannot tell, and goes on: then only a probe would.
    anyOf: ['JellyfinDown', 'ServiceDown', 'JellyfinDataStale'],
    may: ['TargetDown', 'UptimeMonitorDown'],
  },
  'jellyfin-restarted': { fires: [], minutes: 2 },
  'transcode-storm': {
    fires: ['JellyfinManyTranscodes', 'JellyfinManyStreams'],
    may: ['JellyfinTranscodeTooSlow', 'HostCpuHigh', 'HostCpuPressure'],
  },
  // A Plex that converts films on the same machine feels it, too.
  'software-transcode': {
    fires: ['JellyfinTranscodeTooSlow'],
    may: [...busyHost, 'JellyfinCpuHigh', 'PlexTranscodeOverload'],
  },
  'library-collapsed': { fires: ['JellyfinLibraryShrunk'] },
  'task-failed': { fires: ['JellyfinTaskFailed'] },
  'jellyfin-slow': { fires: ['JellyfinApiUnresponsive'], may: ['JellyfinApiSlow'] },
  // Where Jellyfin's own page is read, it tells.
  'jellyfin-answers-late': { fires: [], may: ['JellyfinApiSlow'] },
  'jellyfin-busy': { fires: ['JellyfinCpuHigh'] },
  'jellyfin-leaking': { fires: ['JellyfinMemoryHigh'] },
  'user-added': { fires: ['JellyfinUserAdded'] },
  'library-grown': { fires: ['JellyfinManyItemsAdded'] },
  'transcode-disk-full': { fires: ['JellyfinDiskFull'] },
  'jellyfin-part-missing': { fires: ['JellyfinCollectorFailing'] },
  'jellyfin-stale': { fires: ['JellyfinDataStale'] },
  'plex-down': {
    fires: [],
    anyOf: ['PlexDown', 'ServiceDown', 'TautulliPlexUnreachable'],
    may: ['PlexSessionsUnknown', 'TautulliDown', 'TargetDown', 'UptimeMonitorDown'],
  },
  'plex-sessions-unknown': { fires: ['PlexSessionsUnknown'] },
  'plex-exporter-failing': { fires: ['PlexExporterFailing'] },
  'plex-transcode-storm': {
    fires: ['PlexManyStreams'],
    may: ['PlexManyTranscodes', 'PlexTranscodeOverload', 'PlexTranscodeBehind', 'HostCpuHigh', 'HostCpuPressure'],
  },
  'plex-software-transcode': {
    fires: ['PlexTranscodeBehind'],
    may: ['PlexTranscodeOverload', ...busyHost],
  },
  'plex-library-collapsed': { fires: ['PlexLibraryShrunk'] },
  'tautulli-unreachable': { fires: ['TautulliDown'], may: ['UptimeMonitorDown'] },
  'tautulli-stale': { fires: ['TautulliDataStale'] },
  'tdarr-failing': { fires: ['TdarrTranscodesFailing'], may: ['TdarrFilesBroken'] },
  'tdarr-unreachable': { fires: ['TdarrDown'], may: ['UptimeMonitorDown'] },
  'tdarr-node-gone': { fires: ['TdarrNodeMissing'] },
  'tdarr-worker-stuck': { fires: ['TdarrWorkerStuck'] },

  // --- apps
  // Exportarr 2 has no page then, so Prometheus is all that notices.
  'app-unreachable': { fires: [], anyOf: ['ArrAppDown', 'ServiceDown', 'TargetDown'], may: ['UptimeMonitorDown'] },
  'app-complains': { fires: ['ArrHealthIssue'] },
  // What cannot be imported is stuck, too, when two hours have passed.
  'import-failing': { fires: ['ArrImportFailing'], may: ['ArrQueueStuck'] },
  'exporter-half-blind': { fires: ['ArrExporterErrors'] },
  'queue-stuck': { fires: ['ArrQueueStuck'] },
  'indexer-failing': { fires: ['IndexerUnavailable'], may: ['IndexerFailureRatio'] },
  'indexers-down': { fires: ['IndexersAllDown'], may: ['ArrHealthIssue', 'IndexerFailureRatio'] },
  'membership-ending': { fires: ['IndexerMembershipEnding'] },
  'subtitles-throttled': { fires: ['BazarrProvidersThrottled'] },
  'download-client-gone': {
    fires: [],
    anyOf: ['DownloadClientDown', 'ServiceDown', 'TargetDown'],
    may: ['UptimeMonitorDown'],
  },
  'download-stalled': { fires: ['DownloadStalled'] },
  'torrents-disconnected': { fires: ['DownloadClientDisconnected'] },
  'torrents-broken': { fires: ['TorrentsWithErrors'] },
  'articles-missing': { fires: ['UsenetArticleFailures'] },
  'quota-nearly-used': { fires: ['QuotaNearlyUsed'] },
  'immich-down': { fires: [], anyOf: ['ImmichDown', 'ServiceDown', 'TargetDown'], may: ['UptimeMonitorDown'] },
  // Immich 3 tells neither.
  'immich-erring': { fires: [], may: ['ImmichErrorRatio'] },
  'immich-slow': { fires: [], may: ['ImmichSlow'] },
  'immich-queue-stuck': { fires: ['ImmichQueueStuck'] },
  'immich-jobs-failing': { fires: ['ImmichJobsFailing'] },
  'ml-down': { fires: ['ImmichMlDown'] },
  'ollama-unreachable': { fires: ['OllamaDown'], may: ['UptimeMonitorDown'] },
  'ollama-stale': { fires: ['OllamaDataStale'] },
  'ollama-slow': { fires: ['OllamaSlow'], may: ['OllamaSlowFirstToken'] },
  'open-webui-erring': { fires: ['OpenWebuiErrorRatio'] },
  'open-webui-slow': { fires: ['OpenWebuiSlow'] },
  'seerr-unreachable': { fires: ['SeerrDown'], may: ['UptimeMonitorDown'] },
  'requests-failing': { fires: ['SeerrRequestsFailing'] },
  complaints: { fires: ['SeerrNewComplaints'] },
  'seerr-stale': { fires: ['SeerrDataStale'] },
  'kuma-down': { fires: ['UptimeKumaDown'], may: ['TargetDown'] },
  'kuma-monitor-down': { fires: ['UptimeMonitorDown'], may: ['UptimeLow'] },
  'kuma-monitor-flapping': { fires: ['UptimeMonitorFlapping'] },
  'kuma-uptime-low': { fires: ['UptimeLow'] },
  'kuma-certificate-ending': { fires: ['UptimeCertificateExpiringSoon'], may: ['UptimeCertificateExpiring'] },
  'kuma-certificate-invalid': { fires: ['UptimeCertificateInvalid'] },
  // Exporters of these say nothing of an app that they do not reach: none of its metrics is taken for that.
  'arr-metrics-renamed': { fires: [], may: ['ArrAppDown'] },
  'download-client-metrics-renamed': { fires: [], may: ['DownloadClientDown'] },
  'seerr-metrics-renamed': { fires: [], may: ['SeerrDown'] },
  // arnarg's exporter has nothing to say while Plex is away.
  'plex-metrics-renamed': { fires: [], may: ['PlexDown'] },

  // --- what is probed
  // `TargetDown` is about the service's own page, where it has one. Uptime Kuma leaves out what a probe of the same name tells.
  'service-down': { fires: ['ServiceDown'], may: ['TargetDown', 'UptimeMonitorDown'] },
  'service-broken': { fires: ['ServiceDown'], may: ['UptimeMonitorDown'] },
  'service-slow': { fires: ['HttpProbeSlow'] },
  'service-flapping': { fires: ['ServiceFlapping'], may: ['ServiceLowAvailability'] },
  'certificate-expiring': { fires: ['CertificateExpiring'], may: ['CertificateExpiringSoon'] },
  'certificate-nearly-over': { fires: ['CertificateExpiringSoon'], may: ['CertificateExpiring'] },
  'stranger-on-lan': { fires: ['UnknownDeviceOnLan'] },
  // A speed test that finds no line has failed; `WanLatencyHigh` and `PacketLoss` have nothing to add and must not.
  'internet-down': { fires: ['InternetDown'], may: ['SpeedtestFailed'] },
  'probe-forgotten': { fires: ['ProbeTargetAbsent'] },
  'packet-loss': { fires: ['PacketLoss'] },
  'internet-slow': { fires: ['WanLatencyHigh'], may: ['InternetSlow'] },
  'router-down': { fires: ['RouterUnreachable'] },
  'dns-down': { fires: ['DnsProbeFailed'] },

  // --- what watches
  // The community's exporter of Immich fails with Immich, so its page is taken for Immich.
  'exporter-gone': { fires: ['TargetDown'], may: ['ImmichDown'] },
  'exporter-forgotten': { fires: ['TargetAbsent'] },
  'alertmanager-down': { fires: ['PrometheusNotConnectedToAlertmanager'], may: ['TargetDown'] },
  'rules-failing': { fires: ['PrometheusRuleFailures'] },
  'configuration-broken': { fires: ['PrometheusBadConfig'] },
  'nothing-stored': { fires: ['PrometheusNotIngesting'] },
  'rules-late': { fires: ['PrometheusMissingRuleEvaluations'] },
  'remote-behind': { fires: ['PrometheusRemoteWriteBehind'] },
  'remote-refused': { fires: ['PrometheusRemoteStorageFailures'] },
  'messages-refused': { fires: ['PrometheusNotificationErrors'] },
  'wal-corrupt': { fires: ['PrometheusWalCorruptions'] },
  'samples-misordered': { fires: ['PrometheusMisorderedSamples'] },
  'page-too-large': { fires: ['PrometheusSampleLimitHit'] },
  'targets-unusable': { fires: ['PrometheusTargetSyncFailure'] },
  'queries-queue': { fires: ['PrometheusHighQueryLoad'] },
  'series-explode': { fires: ['CardinalityExplosion'] },
  'prober-misconfigured': { fires: ['BlackboxConfigReloadFailed'] },
};
