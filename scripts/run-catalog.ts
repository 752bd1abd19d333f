import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { conditionQuery } from '../lib/alerts/rule';
import type { Catalog } from '../lib/catalog/catalog';
import { compareCatalogs, type CatalogChange } from '../lib/catalog/compare';
import { CatalogFileError } from '../lib/catalog/errors';
import { readCatalogFile, refuseToOverwrite, writeCatalogFile } from '../lib/catalog/file';
import { catalogFromPage, isRuntime, type CatalogOfPage, type PageOrigin } from '../lib/catalog/from-page';
import { pagesOfServer, type JobPage } from '../lib/catalog/from-server';
import { catalogNames, loadCatalog } from '../lib/catalog/load';
import type { PageMetric } from '../lib/catalog/page';
import { isAddress, readPage } from '../lib/catalog/read-page';
import { brokenBy, type Broken, type UsedQuery } from '../lib/catalog/usage';
import { isObject, objectsAt, type Json } from '../lib/grafana-json/json';
import { describeProduct, probe } from '../lib/server/probe';
import { prometheusServer } from '../lib/server/prometheus';
import type { CompareArguments, RecordArguments } from './commands/catalog';
import { renderHomelab, type Run } from './render-homelab';

/** Writes the catalogs, prints what each holds; gives the exit code. */
export const runRecord = async (given: RecordArguments): Promise<number> => {
  const files = given.metrics !== undefined ? await fromPage(given.metrics, given) : await fromServer(given);
  for (const { file } of files) refuseToOverwrite(file);
  for (const { file, recorded } of files) writeCatalogFile(file, recorded.catalog);
  for (const { file, recorded } of files) {
    const { version, metrics } = recorded.catalog;
    process.stdout.write(`${file}: ${Object.keys(metrics).length} metrics, version ${version}\n`);
    for (const note of recorded.notes) process.stderr.write(`note: ${file}: ${note}\n`);
  }
  return 0;
};

interface RecordedFile {
  readonly file: string;
  readonly recorded: CatalogOfPage;
}

const fromPage = async (from: string, { source, out }: RecordArguments): Promise<readonly RecordedFile[]> => {
  const name = sourceFor(source, out);
  const { page, ...origin } = await readPage(from, process.env);
  return [{ file: out, recorded: catalogOf(page, { source: name, ...origin }, from) }];
};

const fromServer = async ({ prometheus = '', source, out }: RecordArguments): Promise<readonly RecordedFile[]> => {
  const server = prometheusServer(prometheus, process.env);
  const isFolder = /[/\\]$/.test(out) || (existsSync(out) ? statSync(out).isDirectory() : !out.endsWith('.json'));
  if (isFolder && source !== undefined)
    throw new CatalogFileError(
      '--source',
      [`--out ${out} is a folder, whose files are named by job`],
      'leave one of them out',
    );
  const name = isFolder ? '' : sourceFor(source, out);
  const product = describeProduct(await probe(server));
  const { jobs, notes } = await pagesOfServer(server, Math.ceil(Date.now() / 1000));
  for (const note of [...notes, ...server.warnings.map(({ path, text }) => `${path}: ${text}`)])
    process.stderr.write(`note: ${note}\n`);
  if (jobs.length === 0)
    throw new CatalogFileError(
      server.url,
      ['no series of the last hour has a job'],
      'see whether it scrapes anything: /targets of its web page',
    );
  const how = (what: string): string => `${what} in ${product}, the last hour`.slice(0, 120);
  if (!isFolder)
    return [
      {
        file: out,
        recorded: catalogOf(
          together(jobs),
          { source: name, how: how(`${jobs.length} jobs`), version: 'several', port: null, path: '' },
          prometheus,
        ),
      },
    ];
  return jobs.flatMap(({ job, page }) => {
    const own = toSource(job);
    const made = page.length > 0 && hasOwn(page, own);
    if (!made) return [];
    return [
      {
        file: join(out, `${own}.json`),
        recorded: catalogOf(page, { source: own, how: how(`job ${job}`), port: null, path: '' }, prometheus),
      },
    ];
  });
};

/** A job that shows the Go runtime only has no catalog of its own. */
const hasOwn = (page: readonly PageMetric[], source: string): boolean =>
  page.some(({ name }) => source === 'go_process' || !isRuntime(name));

const catalogOf = (page: readonly PageMetric[], origin: PageOrigin, from: string): CatalogOfPage => {
  if (!hasOwn(page, origin.source))
    throw new CatalogFileError(
      from,
      ['it shows the Go runtime only'],
      'these metrics are in the recorded catalog go_process',
    );
  return catalogFromPage(page, origin);
};

/** One page of all jobs; where they disagree on a type it is not known. */
const together = (jobs: readonly JobPage[]): readonly PageMetric[] => {
  const metrics = new Map<string, PageMetric>();
  for (const metric of jobs.flatMap(({ page }) => page)) {
    const known = metrics.get(metric.name);
    if (!known) {
      metrics.set(metric.name, metric);
      continue;
    }
    const labels = new Map([...known.labels].map(([label, values]) => [label, new Set(values)]));
    for (const [label, values] of metric.labels) labels.set(label, new Set([...(labels.get(label) ?? []), ...values]));
    metrics.set(metric.name, { ...known, labels, series: known.series + metric.series });
  }
  return [...metrics.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** The name given, or that of the file: a homelab finds a catalog by its file. */
const sourceFor = (given: string | undefined, out: string): string => {
  const name = given ?? basename(out, '.json');
  if (/^[a-z][a-z0-9_]*$/.test(name)) return name;
  throw new CatalogFileError(
    given === undefined ? `--out ${out}` : `--source ${given}`,
    ['a catalog is named by lower case letters, digits and `_`'],
    `--source ${toSource(name)}`,
  );
};

const toSource = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d|$)/, 'job_');

/** Prints what differs and what that breaks: 0 nothing of ours, 1 something that is used is gone. */
export const runCompare = async (given: CompareArguments): Promise<number> => {
  const before = await readEither(given.old);
  const after = await readEither(given.new);
  const changes = compareCatalogs(before, after);
  const run = renderHomelab(given);
  const broken = brokenBy(changes, usedQueries(run), foreignJobs(run, before.source));
  process.stdout.write(
    given.json ? asJson(before, after, changes, broken) : asText(before, after, changes, broken, run),
  );
  return broken.length > 0 ? 1 : 0;
};

/** A recorded catalog by its name, a catalog file, or a metrics page in a file or at an address. */
const readEither = async (from: string): Promise<Catalog> => {
  if (catalogNames().includes(from)) return loadCatalog(from);
  const isPage =
    isAddress(from) ||
    (existsSync(from) &&
      statSync(from).isFile() &&
      !/^\s*\{\s*"/.test(readFileSync(from, 'utf8')) &&
      !from.endsWith('.json'));
  if (!isPage) return readCatalogFile(from);
  const { page, ...origin } = await readPage(from, process.env);
  return catalogOf(page, { source: sourceOf(page), ...origin, onlySeen: true }, from).catalog;
};

/** Whose page it is, as far as a recorded catalog says: the one that lists most of its metrics under its own beginnings. */
const sourceOf = (page: readonly PageMetric[]): string => {
  const scored = catalogNames()
    .map((name) => ({ name, count: countIn(page, loadCatalog(name)) }))
    .sort((a, b) => b.count - a.count);
  return scored[0] !== undefined && scored[0].count > 0 ? scored[0].name : 'page';
};

const countIn = (page: readonly PageMetric[], { metrics, prefixes }: Catalog): number =>
  prefixes.length === 0 ? 0 : page.filter(({ name }) => Object.hasOwn(metrics, name)).length;

/** Every query of the boards and alerts of a homelab that a Prometheus answers. */
const usedQueries = ({ rendered }: Run): readonly UsedQuery[] => [
  ...rendered.boards.flatMap(({ json }) => {
    const board = json as Json;
    const title = String(board['title']);
    return panelsOf(board).flatMap((panel) =>
      objectsAt(panel, 'targets').flatMap(([target]) => {
        const { expr, datasource } = target;
        const type = isObject(datasource) ? datasource['type'] : undefined;
        if (typeof expr !== 'string' || (type !== undefined && type !== 'prometheus')) return [];
        return [{ where: `${title} › ${String(panel['title'])}`, query: expr }];
      }),
    );
  }),
  ...rendered.alerts.groups.flatMap(({ alerts }) =>
    alerts.map((alert) => ({ where: `alert ${alert.name}`, query: conditionQuery(alert) })),
  ),
];

const panelsOf = (parent: Json): readonly Json[] =>
  objectsAt(parent, 'panels').flatMap(([panel]) => [panel, ...panelsOf(panel)]);

/** Jobs that are known to be of another source. */
const foreignJobs = ({ homelab }: Run, source: string): ReadonlySet<string> => {
  const sources = Object.values(homelab.sources);
  const jobsOf = (own: boolean): readonly string[] =>
    sources
      .filter((each) => (each.catalog.source === source) === own)
      .flatMap(({ select, job }) => [job, ...(select['job'] ?? [])]);
  const own = new Set(jobsOf(true));
  // A source that this homelab does not have may run under any job.
  return own.size === 0 ? new Set() : new Set(jobsOf(false).filter((job) => !own.has(job)));
};

const nameOf = ({ source, version }: Catalog): string => `${source} ${version}`;

const asText = (
  before: Catalog,
  after: Catalog,
  changes: readonly CatalogChange[],
  broken: readonly Broken[],
  run: Run,
): string => {
  const lines = [
    `${nameOf(before)} -> ${nameOf(after)}: ${changes.length === 0 ? 'nothing differs' : count(changes.length, 'change')}`,
  ];
  for (const kind of [...new Set(changes.map((change) => change.kind))]) {
    const own = changes.filter((change) => change.kind === kind);
    const more = own.length > shown ? [`  and ${own.length - shown} more: --json has all`] : [];
    lines.push('', `${kind} (${own.length})`, ...own.slice(0, shown).map(({ message }) => `  ${message}`), ...more);
  }
  const whose = run.example ? `our example ${run.file}` : run.file;
  if (changes.length > 0) lines.push('', broken.length === 0 ? `breaks nothing of ${whose}` : `breaks in ${whose}:`);
  for (const where of [...new Set(broken.map((each) => each.where))]) {
    const reasons = new Set(broken.filter((each) => each.where === where).map(({ change }) => change.message));
    lines.push(`  ${where}`, ...[...reasons].map((reason) => `    ${reason}`));
  }
  if (after.evidence === 'live' && changes.some(({ kind }) => kind.endsWith('gone')))
    lines.push(
      '',
      'A page shows only what that machine has: gone may also mean other hardware, or a collector that is off.',
    );
  return `${lines.join('\n')}\n`;
};

/** Changes of a kind that are told in words. */
const shown = 40;

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

const asJson = (
  before: Catalog,
  after: Catalog,
  changes: readonly CatalogChange[],
  broken: readonly Broken[],
): string => {
  const short = ({ source, version }: Catalog): object => ({ source, version });
  return `${JSON.stringify({ old: short(before), new: short(after), changes, broken }, null, 2)}\n`;
};
