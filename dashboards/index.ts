import type { Dashboard } from '../lib/dashboards/dashboard';
import arr from './arr';
import certificates from './certificates';
import downloads from './downloads';
import home from './home';
import hostFleet from './host-fleet';
import hostUse from './host-use';
import immich from './immich';
import internet from './internet';
import jellyfinActivity from './jellyfin-activity';
import jellyfinHealth from './jellyfin-health';
import jellyfinLibrary from './jellyfin-library';
import jellyfinTranscoding from './jellyfin-transcoding';
import network from './network';
import plex from './plex';
import ollama from './ollama';
import openWebui from './open-webui';
import prometheus from './prometheus';
import uptimeKuma from './uptime-kuma';
import seerr from './seerr';
import tautulli from './tautulli';
import tdarr from './tdarr';

/** Every board there is; a homelab file chooses among them. */
export const dashboards: readonly Dashboard[] = [
  // One name a line.
  home,
  hostFleet,
  hostUse,
  network,
  internet,
  certificates,
  uptimeKuma,
  jellyfinHealth,
  jellyfinLibrary,
  jellyfinActivity,
  jellyfinTranscoding,
  arr,
  downloads,
  immich,
  plex,
  tautulli,
  tdarr,
  seerr,
  ollama,
  openWebui,
  prometheus,
];
