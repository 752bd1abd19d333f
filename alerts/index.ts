import type { AlertGroup } from '../lib/alerts/define';
import arr from './arr';
import downloads from './downloads';
import host from './host';
import immich from './immich';
import internet from './internet';
import jellyfin from './jellyfin';
import ollama from './ollama';
import openWebui from './open-webui';
import plex from './plex';
import probe from './probe';
import prometheus from './prometheus';
import scrape from './scrape';
import seerr from './seerr';
import tautulli from './tautulli';
import tdarr from './tdarr';
import uptimeKuma from './uptime-kuma';

/** Every group of alerts there is. */
export const alerts: readonly AlertGroup[] = [
  arr,
  downloads,
  host,
  immich,
  internet,
  jellyfin,
  ollama,
  openWebui,
  plex,
  probe,
  prometheus,
  scrape,
  seerr,
  tautulli,
  tdarr,
  uptimeKuma,
];
