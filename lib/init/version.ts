import type { Catalog } from '../catalog/catalog';
import { isOlder } from '../catalog/lookup';
import { metricsSeen } from './identify';

/** Which version of an exporter runs, and how that is known. */
export interface VersionSeen {
  /** What to write into the homelab file; absent: nothing tells. */
  readonly version?: string;
  /** The end of a sentence: `node_exporter_build_info says so`. */
  readonly evidence: string;
}

/** Metrics whose label `version` is that of the exporter itself, and not of what it asks. */
const buildInfos = /^((?!go_|dotnet_|grafana_plugin_).*_build_info|exportarr_app_info|minio_software_version_info)$/;

/** PromQL that finds them: what is anchored in `buildInfos`, without the look-ahead that RE2 has not. */
export const buildInfoPattern = '.+_build_info|exportarr_app_info|minio_software_version_info';

/** Of a catalog, the metrics whose label `version` tells which version of the exporter runs. */
export const buildInfosOf = ({ metrics }: Catalog): readonly string[] =>
  Object.entries(metrics)
    .filter(([name, { labels }]) => 'version' in labels && buildInfos.test(name))
    .map(([name]) => name);

/**
 * The version that runs: as the exporter itself says (`told`: build-info metric -> its label), else the oldest one that has all that
 * was seen, because what came later may be missing.
 */
export const versionSeen = (
  catalog: Catalog,
  names: ReadonlySet<string>,
  told: ReadonlyMap<string, string>,
): VersionSeen => {
  for (const info of buildInfosOf(catalog)) {
    const said = told.get(info);
    const version = said === undefined ? undefined : readable(said);
    if (version !== undefined) return { version, evidence: `\`${info}\` says so` };
    if (said !== undefined) return { evidence: `\`${info}\` says '${said}', which is no release` };
  }
  const seen = metricsSeen(catalog, names);
  const since = seen.reduce<Bound | undefined>(
    (latest, [name, metric]) =>
      metric.since && (!latest || isOlder(latest.version, metric.since)) ? { name, version: metric.since } : latest,
    undefined,
  );
  const until = seen.reduce<Bound | undefined>(
    (earliest, [name, metric]) =>
      metric.until && (!earliest || isOlder(metric.until, earliest.version))
        ? { name, version: metric.until }
        : earliest,
    undefined,
  );
  const before = until ? `, older than ${until.version}, because \`${until.name}\` is there` : '';
  if (since && until && !isOlder(since.version, until.version))
    return {
      evidence: `its metrics contradict each other: \`${since.name}\` came with ${since.version}, \`${until.name}\` went with ${until.version}`,
    };
  if (since) return { version: since.version, evidence: `or later: \`${since.name}\` came with it${before}` };
  return { evidence: until ? `not told${before}` : 'no metric tells' };
};

interface Bound {
  readonly name: string;
  readonly version: string;
}

/** As the homelab file takes it, without what packagers add (`1.5.0+ds`); development builds have none (`(devel)`). */
const readable = (text: string): string | undefined =>
  /^(v?\d+(\.\d+){0,3}(-[\w.-]+|(a|b|rc)\d+)?|RELEASE\.[\w-]+)(?=$|[+~])/.exec(text.trim())?.[1];
