import type { Catalog } from '../../catalog/catalog';
import { formatHostAndPort } from '../addresses';
import { eachEntry, type Draft } from '../draft';
import { everywhere, sharesPage, sourceDefaults } from '../jobs';
import { allowedNames, closest } from '../nearest';
import { addressOf, pathOf, placedExporters, type PlacedExporter } from '../placement';
import { formatPath, problem, quote, type HomelabProblem, type Keys } from '../problem';
import type { Catalogs } from '../catalogs';

/** Exporters are known ones, with collectors that they have, each at an address and port of its own. */
export function* checkExporters(draft: Draft, catalogs: Catalogs): Iterable<HomelabProblem> {
  const scraped: Scraped[] = [];

  for (const placed of placedExporters(draft)) {
    const { keys, exporter } = placed;
    const name = exporter.exporter;
    yield* checkVersion([...keys, 'version'], exporter.version);
    if (name === undefined) continue;
    if (!catalogs.has(name) || everywhere.includes(name)) {
      yield unknownExporter([...keys, 'exporter'], name, catalogs);
      continue;
    }
    const catalog = catalogs.load(name);
    yield* checkCollectors(keys, exporter.collectors, catalog);
    if (sourceDefaults(name).pushed) continue;
    yield* checkEndpoint(placed, catalog, scraped);
  }
  yield* checkVersion(['probes', 'version'], draft.probes?.version);
}

interface Scraped {
  readonly exporter: string;
  readonly endpoint: string;
  readonly keys: Keys;
}

const unknownExporter = (keys: Keys, name: string, catalogs: Catalogs): HomelabProblem => {
  const names = catalogs.names().filter((known) => !everywhere.includes(known));
  const meant = closest(name, names);
  return problem(keys, {
    what: 'unknown exporter',
    value: name,
    allowed: allowedNames(name, names),
    ...(meant && { try: `write \`exporter: ${quote(meant)}\`` }),
  });
};

function* checkCollectors(
  keys: Keys,
  collectors: Readonly<Record<string, boolean | undefined>> | undefined,
  catalog: Catalog,
): Iterable<HomelabProblem> {
  const entries = eachEntry(collectors);
  if (entries.length === 0) return;
  const known = switchesOf(catalog);
  for (const [name, on] of entries) {
    if (known.includes(name)) continue;
    const meant = closest(name, known);
    yield problem([...keys, 'collectors', name], {
      what:
        known.length === 0 ? `${catalog.source} has no collectors to switch` : `unknown collector of ${catalog.source}`,
      onKey: true,
      ...(known.length > 0 && { allowed: allowedNames(name, known) }),
      try: meant ? `write \`${meant}: ${on}\`` : `remove \`${name}\``,
    });
  }
}

/** What can be switched: collectors, and flags as the exporter spells them. */
const switchesOf = (catalog: Catalog): readonly string[] =>
  [...new Set(Object.values(catalog.metrics).flatMap(({ collector, flag }) => [collector, flag]))]
    .filter((name) => name !== undefined)
    .sort();

function* checkEndpoint(placed: PlacedExporter, catalog: Catalog, scraped: Scraped[]): Iterable<HomelabProblem> {
  const { keys, exporter } = placed;
  const port = exporter.port ?? catalog.port;
  const address = addressOf(placed);
  if (port === null) {
    return yield problem([...keys, 'port'], {
      what: `missing: ${catalog.source} has no port of its own`,
      allowed: 'a whole number from 1 to 65535',
      try: 'add `port:` with the port that it listens on at your home',
    });
  }
  if (address === undefined) return;

  const endpoint = formatHostAndPort(address, port) + pathOf(exporter, catalog);
  const other = scraped.find((one) => one.endpoint === endpoint && !sharesPage(one.exporter, catalog.source));
  if (!other) return void scraped.push({ exporter: catalog.source, endpoint, keys });
  const both = other.exporter === catalog.source ? `two ${catalog.source}` : `${other.exporter} and ${catalog.source}`;
  yield problem(exporter.port === undefined ? keys : [...keys, 'port'], {
    what: `${both} at the same address and port, ${formatHostAndPort(address, port)}`,
    allowed: `an address and port that ${formatPath(other.keys)} does not have`,
    try: 'give one of them the `port:` (or `address:`) that it really has, or remove it',
  });
}

function* checkVersion(keys: Keys, version: string | undefined): Iterable<HomelabProblem> {
  // MinIO numbers its releases by date.
  if (version === undefined || /^(v?\d+(\.\d+){0,3}([-+~][\w.-]+|(a|b|rc)\d+)?|RELEASE\.[\w-]+)$/.test(version)) return;
  yield problem(keys, {
    what: 'malformed version',
    value: version,
    allowed: 'a version as the exporter prints it, such as 1.9.1 or v2.0.0-rc1',
    try: 'look it up with `--version`, or remove `version` to mean the newest that we know',
  });
}
