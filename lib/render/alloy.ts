import type { Interval, ResolvedDataSource, ResolvedHomelab } from '../homelab/resolved';
import { block, list, object, reference, text, toAlloy, type AlloyBlock, type AlloyValue } from './alloy-syntax';
import type { Artifact } from './artifact';
import { scrapeJobsOf, type ScrapeJob } from './scrape-jobs';

/**
 * `alloy/<project>.alloy`: the same scrape jobs as Prometheus', for those who let Alloy scrape and send. Made of the same targets and
 * labels, so that it does not matter to boards and alerts which of the two runs.
 */
export const renderAlloy = (homelab: ResolvedHomelab): readonly Artifact[] => {
  const jobs = scrapeJobsOf(homelab);
  return [
    {
      kind: 'scrape',
      path: `alloy/${homelab.project}.alloy`,
      name: `${homelab.project}.alloy`,
      text: `${about.join('\n')}\n\n${toAlloy([...alloyJobs(jobs, homelab), ...writers(jobs, homelab)])}`,
    },
  ];
};

const about = [
  '// Scrape configuration for Grafana Alloy; use this or that of Prometheus, not both, or every series is there twice.',
  '// Written by homelab-dashboards from your homelab file: change that, then render again.',
];

/** Scrape jobs as Alloy is told of them, without where they are sent to. */
export const alloyJobs = (jobs: readonly ScrapeJob[], { sources }: ResolvedHomelab): readonly AlloyBlock[] => {
  const names = uniqueNames(jobs.map(({ name }) => name));
  return jobs.flatMap((job, index) =>
    scrapeBlocks(job, names[index] as string, sources[job.source]?.dataSource ?? 'prometheus'),
  );
};

const scrapeBlocks = (job: ScrapeJob, label: string, dataSource: string): readonly AlloyBlock[] => {
  const { interval, timeout, scheme, path, parameters, auth, through } = job;
  const targets = list(
    job.targets.map(({ address, labels }) => object({ __address__: text(address), ...mapped(labels, text) })),
  );
  const scrape = block('prometheus.scrape', label, {
    targets: through ? reference(`discovery.relabel.${label}.output`) : targets,
    forward_to: list([reference(`prometheus.remote_write.${identifier(dataSource)}.receiver`)]),
    job_name: text(job.name),
    scrape_interval: text(goDuration(interval)),
    // Alloy scrapes once a minute where nothing is said, and refuses a timeout that is longer than the interval.
    ...(timeout !== null && { scrape_timeout: text(timeout) }),
    ...(scheme === 'https' && { scheme: text(scheme) }),
    ...(path !== '/metrics' && { metrics_path: text(path) }),
    ...(Object.keys(parameters).length > 0 && { params: object(mapped(parameters, (value) => list([text(value)]))) }),
    ...(auth.passwordFile && {
      basic_auth: block('basic_auth', null, {
        username: text(auth.username ?? ''),
        password_file: text(auth.passwordFile),
      }),
    }),
    ...(auth.bearerTokenFile && {
      authorization: block('authorization', null, {
        type: text('Bearer'),
        credentials_file: text(auth.bearerTokenFile),
      }),
    }),
  });
  if (!through) return [scrape];
  const rule = (from: string | null, to: string, replacement?: string): AlloyBlock =>
    block('rule', null, {
      ...(from !== null && { source_labels: list([text(from)]) }),
      target_label: text(to),
      ...(replacement !== undefined && { replacement: text(replacement) }),
    });
  const relabel = block('discovery.relabel', label, {
    targets,
    ...(through.alsoIn && { alsoIn: rule('__address__', through.alsoIn) }),
    target: rule('__address__', '__param_target'),
    instance: rule('__param_target', 'instance'),
    exporter: rule(null, '__address__', through.exporter),
  });
  return [relabel, scrape];
};

/** One `prometheus.remote_write` for each data source that the jobs go to. */
const writers = (jobs: readonly ScrapeJob[], { sources, dataSources }: ResolvedHomelab): readonly AlloyBlock[] => {
  const keys = [...new Set(jobs.map(({ source }) => sources[source]?.dataSource ?? 'prometheus'))];
  return keys.map((key) => {
    const to = dataSources[key];
    return block('prometheus.remote_write', identifier(key), {
      endpoint: block('endpoint', null, {
        url: text(writeUrl(to)),
        ...(to?.tenant !== undefined && { headers: object({ 'X-Scope-OrgID': text(to.tenant) }) }),
        ...(to?.basicAuth && {
          basic_auth: block('basic_auth', null, {
            username: text(to.basicAuth.user),
            password: reference(`sys.env(${JSON.stringify(to.basicAuth.password.env)})`),
          }),
        }),
      }),
    });
  });
};

/**
 * Where the server behind a data source takes remote writes: Mimir, which answers queries below `/prometheus`, at `/api/v1/push`;
 * Prometheus and VictoriaMetrics at `/api/v1/write`.
 */
export const writeUrl = (to: Pick<ResolvedDataSource, 'url'> | undefined): string => {
  const url = (to?.url ?? 'http://prometheus:9090').replace(/\/+$/, '');
  return url.endsWith('/prometheus') ? `${url.slice(0, -'/prometheus'.length)}/api/v1/push` : `${url}/api/v1/write`;
};

/** Go, in which Alloy is written, has no days. */
const goDuration = ({ text, seconds }: Interval): string => (/[dwy]/.test(text) ? `${seconds}s` : text);

const mapped = <T>(record: Readonly<Record<string, T>>, value: (given: T) => AlloyValue): Record<string, AlloyValue> =>
  Object.fromEntries(Object.entries(record).map(([key, given]) => [key, value(given)]));

/** Labels of components are identifiers; two jobs may differ only in what is none. */
const uniqueNames = (names: readonly string[]): readonly string[] => {
  const given = new Set<string>();
  return names.map((name) => {
    const plain = identifier(name);
    let unique = plain;
    for (let more = 2; given.has(unique); more++) unique = `${plain}_${more}`;
    given.add(unique);
    return unique;
  });
};

const identifier = (name: string): string => name.replace(/\W/g, '_').replace(/^(?=\d)/, '_');
