import bazarrCatalog from '../catalog/recorded/exportarr_bazarr.json';
import bazarrV2Catalog from '../catalog/recorded/exportarr_v2_bazarr.json';
import lidarrCatalog from '../catalog/recorded/exportarr_lidarr.json';
import lidarrV2Catalog from '../catalog/recorded/exportarr_v2_lidarr.json';
import prowlarrCatalog from '../catalog/recorded/exportarr_prowlarr.json';
import prowlarrV2Catalog from '../catalog/recorded/exportarr_v2_prowlarr.json';
import radarrCatalog from '../catalog/recorded/exportarr_radarr.json';
import radarrV2Catalog from '../catalog/recorded/exportarr_v2_radarr.json';
import readarrV2Catalog from '../catalog/recorded/exportarr_v2_readarr.json';
import scraparrBazarrCatalog from '../catalog/recorded/scraparr_bazarr.json';
import scraparrProwlarrCatalog from '../catalog/recorded/scraparr_prowlarr.json';
import scraparrRadarrCatalog from '../catalog/recorded/scraparr_radarr.json';
import scraparrReadarrCatalog from '../catalog/recorded/scraparr_readarr.json';
import scraparrSonarrCatalog from '../catalog/recorded/scraparr_sonarr.json';
import scraparrWhisparrCatalog from '../catalog/recorded/scraparr_whisparr.json';
import sonarrCatalog from '../catalog/recorded/exportarr_sonarr.json';
import sonarrV2Catalog from '../catalog/recorded/exportarr_v2_sonarr.json';
import type { Expression } from '../expression/expression';
import { defineSource } from '../expression/source';

// Exportarr is one program an app, scraparr one for all; both begin their names with the app's, for different things.

/**
 * Exportarr after 2.3: while its app does not answer, the page is there, and `…_system_status` is 0 or away.
 * Of 2.3 the whole page fails then (HTTP 500), which cannot be told from an exporter that is down.
 */
export const sonarr = defineSource(sonarrCatalog, ['service', 'host']);
export const sonarrV2 = defineSource(sonarrV2Catalog, ['service', 'host']);
export const sonarrScraparr = defineSource(scraparrSonarrCatalog, ['service', 'host']);

export const radarr = defineSource(radarrCatalog, ['service', 'host']);
export const radarrV2 = defineSource(radarrV2Catalog, ['service', 'host']);
export const radarrScraparr = defineSource(scraparrRadarrCatalog, ['service', 'host']);

export const lidarr = defineSource(lidarrCatalog, ['service', 'host']);
export const lidarrV2 = defineSource(lidarrV2Catalog, ['service', 'host']);

/** Readarr has ended: Exportarr after 2.3 knows it no more. */
export const readarrV2 = defineSource(readarrV2Catalog, ['service', 'host']);
export const readarrScraparr = defineSource(scraparrReadarrCatalog, ['service', 'host']);

export const whisparrScraparr = defineSource(scraparrWhisparrCatalog, ['service', 'host']);

export const prowlarr = defineSource(prowlarrCatalog, ['service', 'host']);
export const prowlarrV2 = defineSource(prowlarrV2Catalog, ['service', 'host']);
export const prowlarrScraparr = defineSource(scraparrProwlarrCatalog, ['service', 'host']);

export const bazarr = defineSource(bazarrCatalog, ['service', 'host']);
export const bazarrV2 = defineSource(bazarrV2Catalog, ['service', 'host']);
export const bazarrScraparr = defineSource(scraparrBazarrCatalog, ['service', 'host']);

/** What both generations of Exportarr say alike: all that 2.3 has, but what its catalog's type leaves out. */
const alike =
  <S>(newer: unknown, older: S) =>
  <L extends string>(of: (source: S) => Expression<L>) => ({
    exportarr: of(newer as S),
    'exportarr v2': of(older),
  });

export const sonarrs = alike(sonarr, sonarrV2);
export const radarrs = alike(radarr, radarrV2);
export const lidarrs = alike(lidarr, lidarrV2);
export const prowlarrs = alike(prowlarr, prowlarrV2);
export const bazarrs = alike(bazarr, bazarrV2);
/** Of 2.3 alone. */
export const readarrs = <L extends string>(of: (source: typeof readarrV2) => Expression<L>) => ({
  'exportarr v2': of(readarrV2),
});
