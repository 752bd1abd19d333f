import { conditionQuery } from '../alerts/rule';
import { fleetOf } from '../fleet';
import type { ResolvedHomelab } from '../homelab/resolved';
import { panelsOf, type Board } from '../proof/board';
import { prometheusApi, QueryError, type Labels, type Prometheus } from '../proof/prometheus';
import type { Scraped } from '../proof/scraped';
import type { Environment } from '../server/authentication';
import { RefusedError } from '../server/errors';
import { prometheusServer } from '../server/prometheus';
import { openEnvelope } from '../server/shape';
import { reasonsAtHome, type Home } from './at-home';
import { reportBoard, type BoardStage } from './boards';
import { moment } from './fill';
import type { Subject } from './homelab';
import { labelFaults } from './legends';
import { proveOthers, type OtherProof, type OtherServers } from './other-languages';
import type { PanelReport, ProofReport, QueryReport } from './report/report';
import { titleOf, type AlertProof } from './rules';

export interface ProveAtHomeOptions {
  readonly url: string;
  readonly environment: Environment;
  readonly others?: OtherServers;
  readonly progress?: (text: string) => void;
  /** The moment that is asked for; default: now. */
  readonly at?: number;
}

/**
 * Opens every board against the user's own server, and says of each panel that would be empty why. Nothing is written there. Throws
 * what `PrometheusServer` throws where it cannot be asked.
 */
export const proveAtHome = async (
  { file, homelab, boards, alerts }: Subject,
  { url, environment, others = {}, progress = () => undefined, at = Math.floor(Date.now() / 1000) }: ProveAtHomeOptions,
): Promise<ProofReport> => {
  const started = performance.now();
  const prometheus = serverAsked(url, environment);
  // First, so that a server that does not answer is said once.
  await prometheus.instant('vector(1)', at);
  const home: Home = { prometheus, homelab, whileWell: namesWhileWell(homelab), at };
  const stage: BoardStage = {
    prometheus,
    scraped: await scrapedAt(prometheus, at),
    homelab,
    at,
    // How much, and what it is called, is the reader's own; a label that a query needs is not.
    faultsIn: (panel, queries) => ({ legends: labelFaults(panel, queries), values: [] }),
  };
  const panels: PanelReport[] = [];
  const otherProofs: OtherProof[] = [];
  for (const [index, board] of boards.entries()) {
    progress(`board ${index + 1} of ${boards.length}: ${board.title}`);
    for (const report of (await reportBoard(board, stage)).panels) panels.push(await explained(report, board, home));
    otherProofs.push(...(await proveOthers(board, homelab, others)));
  }
  progress('alerts: what they read');
  const alertProofs: AlertProof[] = [];
  for (const { name: group, alerts: own } of alerts.groups)
    for (const alert of own) {
      const expr = conditionQuery(alert);
      const reasons = (await reasonsAtHome(expr, home)).filter(({ kind }) => kind !== 'none now');
      alertProofs.push({
        alert: titleOf(alert),
        group,
        expr,
        heartbeat: alert.heartbeat === true,
        verdict: reasons.length > 0 ? 'lacking' : 'silent',
        why:
          reasons.length > 0
            ? reasons.map(({ kind, what }) => `${kind}: ${what}`).join('; ')
            : 'what it reads is there',
      });
    }
  return {
    homelab: file,
    server: withoutCredentials(url),
    panels,
    others: otherProofs,
    alerts: alertProofs,
    incidents: [],
    samples: 0,
    seconds: (performance.now() - started) / 1000,
  };
};

/** What a panel that shows nothing lacks; one that shows something, or rightly nothing, is as it is. */
const explained = async (report: PanelReport, board: Board, home: Home): Promise<PanelReport> => {
  if (report.verdict === 'data' || report.verdict === 'quiet' || report.verdict === 'young') return report;
  const words = panelsOf(board).find(({ title }) => title === report.panel)?.fieldConfig?.defaults?.noValue;
  // Shares and quantiles of nothing: there was no request, no play, in the time shown.
  const isOfNothing = ({ verdict, series }: QueryReport): boolean => verdict === 'empty' && series > 0;
  if (words && report.queries.every((query) => query.verdict === 'data' || isOfNothing(query)))
    return { ...report, verdict: 'quiet', why: `says “${words}”` };
  const asked = report.type === 'picker' ? pickerQuery(board, report.panel) : report.queries.map(({ expr }) => expr);
  const reasons = [];
  for (const expr of asked) reasons.push(...(await reasonsAtHome(expr, home)));
  const atHome = [...new Map(reasons.map((reason) => [reason.what, reason])).values()];
  if (atHome.length === 0 || report.verdict === 'error') return report;
  if (words && atHome.every(({ kind }) => kind === 'none now'))
    return { ...report, verdict: 'quiet', why: `says “${words}”` };
  if (words && atHome.every(({ kind, perhapsNone }) => kind === 'none now' || perhapsNone))
    return { ...report, verdict: 'lacking', why: `says “${words}”: ${atHome.map(({ what }) => what).join('; ')}` };
  return { ...report, atHome };
};

/** Names on the pages of the simulated homelab while all is well. */
export const namesWhileWell = (homelab: ResolvedHomelab): ReadonlySet<string> =>
  new Set(
    [...fleetOf(homelab).pagesAt(moment).values()].flatMap((page) =>
      [...page.matchAll(/^[a-zA-Z_:][\w:]*/gm)].map(([name]) => name),
    ),
  );

/** What a picker lists, where nothing before it must be picked first. */
const pickerQuery = ({ templating }: Board, panel: string): readonly string[] => {
  const variable = (templating?.list ?? []).find(({ name }) => `$${name}` === panel);
  const text = typeof variable?.query === 'string' ? variable.query : variable?.query?.query;
  const [, match] = /^label_values\((.+),\s*\w+\)\s*$/.exec(text ?? '') ?? [];
  return match && !match.includes('$') ? [match] : [];
};

/** The API on top of a connection that knows who we are (`PROMETHEUS_TOKEN` ...), and asks nothing twice. */
const serverAsked = (url: string, environment: Environment): Prometheus => {
  const { connection } = prometheusServer(url, environment);
  return prometheusApi(async (path, parameters = {}) => {
    const answer = await connection.getLong(path, parameters);
    if (answer.status === 200) return openEnvelope(answer, path, connection).data;
    if (path.startsWith('/api/v1/query') && [400, 422, 503].includes(answer.status))
      throw new QueryError(connection.said(answer) || `status ${answer.status}`);
    throw connection.refused(path, answer);
  });
};

/** What the server scrapes, its pages as the server has them: they may be out of our reach. A server that does not scrape has none. */
const scrapedAt = async (prometheus: Prometheus, at: number): Promise<Scraped> => {
  const pages = new Map<string, ReturnType<Scraped['page']>>();
  return {
    targets: await orNone(prometheus.targets()),
    page: ({ labels }) => {
      const selector = `{${Object.entries(labels)
        .filter(([label]) => label === 'job' || label === 'instance')
        .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
        .join(',')}}`;
      const page =
        pages.get(selector) ??
        prometheus.instant(selector, at).then((series) => series.map((each) => asOnPage(each.labels, labels)));
      pages.set(selector, page);
      return page;
    },
  };
};

const asOnPage = ({ __name__: name = '', ...labels }: Labels, added: Labels): { name: string; labels: Labels } => ({
  name,
  labels: Object.fromEntries(
    Object.entries(labels)
      .filter(([label, value]) => added[label] !== value)
      .map(([label, value]) => [label.replace(/^exported_/, ''), value]),
  ),
});

const orNone = async <T>(asked: Promise<readonly T[]>): Promise<readonly T[]> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RefusedError) return [];
    throw error;
  }
};

const withoutCredentials = (address: string): string => address.replace(/\/\/[^/?#]*@/, '//');
