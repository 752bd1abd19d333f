import type { Behave } from '../place';
import { blackboxExporter } from './blackbox_exporter';
import { cadvisor } from './cadvisor';
import { nzbget, qbittorrent, transmission } from './download-clients';
import {
  exportarrBazarr,
  exportarrLidarr,
  exportarrProwlarr,
  exportarrRadarr,
  exportarrReadarr,
  exportarrSabnzbd,
  exportarrSonarr,
} from './exportarr';
import { goProcess } from './go_process';
import { immich, immichCommunity } from './immich';
import {
  jellyfinExporter,
  jellyfinExporterDlepaux,
  jellyfinExporterNext,
  jellyfinPrometheusExporter,
  jellyfinServer,
  scraparrJellyfin,
  tentacleJellyfin,
} from './jellyfin';
import { nodeExporter } from './node_exporter';
import { ollamaFrcooper, ollamaLucavb, ollamaMaravexa } from './ollama';
import { openWebui } from './open_webui';
import { plexArnarg, plexAxsuul, plexCplieger, plexJsclayton, plexTimothystewart6 } from './plex';
import { prometheus } from './prometheus';
import {
  scraparrBazarr,
  scraparrJellyseerr,
  scraparrOverseerr,
  scraparrProwlarr,
  scraparrRadarr,
  scraparrReadarr,
  scraparrSonarr,
  scraparrWhisparr,
} from './scraparr';
import { overseerrExporter, tentacleSeerr } from './seerr';
import { smartctlExporter } from './smartctl_exporter';
import { speedtestExporter, speedtestTracker } from './speedtest';
import { tautulliMm503, tautulliNwalke, tautulliScabraha } from './tautulli';
import { tdarr } from './tdarr';
import { apcupsdExporter, nutExporter } from './ups';
import { uptimeKuma } from './uptime_kuma';
import { wordsOnly } from './words';

/** By catalog. What has none here is as usual for the types and units of its metrics. */
export const behaviours: Readonly<Record<string, Behave | undefined>> = {
  ...wordsOnly,
  apcupsd_exporter: apcupsdExporter,
  blackbox_exporter: blackboxExporter,
  cadvisor,
  exportarr_bazarr: exportarrBazarr,
  exportarr_lidarr: exportarrLidarr,
  exportarr_prowlarr: exportarrProwlarr,
  exportarr_radarr: exportarrRadarr,
  exportarr_sabnzbd: exportarrSabnzbd,
  exportarr_sonarr: exportarrSonarr,
  exportarr_v2_bazarr: exportarrBazarr,
  exportarr_v2_lidarr: exportarrLidarr,
  exportarr_v2_prowlarr: exportarrProwlarr,
  exportarr_v2_radarr: exportarrRadarr,
  exportarr_v2_readarr: exportarrReadarr,
  exportarr_v2_sabnzbd: exportarrSabnzbd,
  exportarr_v2_sonarr: exportarrSonarr,
  go_process: goProcess,
  immich,
  immich_exporter_community: immichCommunity,
  jellyfin: jellyfinServer,
  jellyfin_exporter: jellyfinExporter,
  jellyfin_exporter_dlepaux: jellyfinExporterDlepaux,
  jellyfin_exporter_next: jellyfinExporterNext,
  jellyfin_prometheus_exporter: jellyfinPrometheusExporter,
  node_exporter: nodeExporter,
  nut_exporter: nutExporter,
  nzbget_exporter: nzbget,
  ollama_exporter_frcooper: ollamaFrcooper,
  ollama_exporter_lucavb: ollamaLucavb,
  ollama_exporter_maravexa: ollamaMaravexa,
  open_webui_otel: openWebui,
  overseerr_exporter: overseerrExporter,
  plex_exporter: plexArnarg,
  plex_exporter_cplieger: plexCplieger,
  plex_exporter_jsclayton: plexJsclayton,
  plex_exporter_timothystewart6: plexTimothystewart6,
  plex_media_server_exporter: plexAxsuul,
  prometheus,
  qbittorrent_exporter: qbittorrent,
  scraparr_bazarr: scraparrBazarr,
  scraparr_jellyfin: scraparrJellyfin,
  scraparr_jellyseerr: scraparrJellyseerr,
  scraparr_overseerr: scraparrOverseerr,
  scraparr_prowlarr: scraparrProwlarr,
  scraparr_radarr: scraparrRadarr,
  scraparr_readarr: scraparrReadarr,
  scraparr_sonarr: scraparrSonarr,
  scraparr_whisparr: scraparrWhisparr,
  smartctl_exporter: smartctlExporter,
  speedtest_exporter: speedtestExporter,
  speedtest_tracker: speedtestTracker,
  tautulli_exporter_mm503: tautulliMm503,
  tautulli_exporter_nwalke: tautulliNwalke,
  tautulli_exporter_scabraha: tautulliScabraha,
  tdarr_exporter: tdarr,
  tentacle_jellyfin: tentacleJellyfin,
  tentacle_seerr: tentacleSeerr,
  transmission_exporter: transmission,
  uptime_kuma: uptimeKuma,
  uptime_kuma_v1: uptimeKuma,
};
