import { join } from 'node:path';
import type { BuiltAlerts } from '../alerts/define';
import { conditionQuery } from '../alerts/rule';
import { fleetOf, scrapedFromFleet, type Fleet } from '../fleet';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Board } from '../proof/board';
import { requireProgram } from '../proof/programs';
import { prometheusAt } from '../proof/prometheus';
import { inTemporaryFolder } from '../proof/temporary-folder';
import { fillAlerts } from './alerts-block';
import { readersOf, reportBoard, type BoardStage } from './boards';
import { fill, linkBlocks, moment, ownRanges, recent, sharedRanges, startFilled } from './fill';
import {
  incidentsIn,
  packIncidents,
  prepareIncident,
  proveTogether,
  type Expected,
  type IncidentProof,
} from './incidents';
import { legendFaults } from './legends';
import type { QuietPanel } from './quiet';
import { proveOthers, type OtherProof, type OtherServers } from './other-languages';
import { readsOf, type Reads } from './reads';
import type { PanelReport, ProofReport } from './report/report';
import { evaluate, proveAlerts, type AlertProof, type Evaluated } from './rules';
import { valueFaults } from './values';

/** What is proven. */
export interface Subject {
  /** The homelab file, for the report. */
  readonly file: string;
  readonly homelab: ResolvedHomelab;
  readonly boards: readonly Board[];
  /** Every alert that the homelab can have: of all packs. */
  readonly alerts: BuiltAlerts;
}

export interface ProveHomelabOptions {
  /** What each incident must tell. */
  readonly expected: Readonly<Record<string, Expected | undefined>>;
  /** Which incidents happen; default: all that can. */
  readonly incidents?: (name: string) => boolean;
  readonly others?: OtherServers;
  /** Says what is being done. */
  readonly progress?: (text: string) => void;
}

/**
 * Fills a real Prometheus with what the exporters of a homelab would have said, opens every board, evaluates every rule, and lets
 * every incident happen. Throws where Prometheus or promtool is not installed.
 */
export const proveHomelab = async (subject: Subject, options: ProveHomelabOptions): Promise<ProofReport> => {
  const { progress = () => undefined, incidents = () => true } = options;
  const started = performance.now();
  requireProgram('prometheus');
  requireProgram('promtool');
  const { homelab, alerts } = subject;
  const reads = readsOfSubject(subject);
  return inTemporaryFolder('prove-', async (folder) => {
    const fleet = fleetOf(homelab);
    progress('filling Prometheus with six hours, and with eight days of what longer windows read');
    const { samples } = await fill(fleet, sharedRanges(reads), join(folder, 'shared'));
    const calm = await proveCalm(subject, { fleet, reads, folder, others: options.others ?? {}, progress });
    const happening = incidentsIn(fleet).filter(({ incident }) => incidents(incident.name));
    const base = { fleet, alerts, folder, shared: 'shared', expected: options.expected };
    const stage = { ...base, quiet: calm.quiet };
    const prepared = happening.map((each, index) => {
      progress(`incident ${index + 1} of ${happening.length}: ${each.incident.name}`);
      return prepareIncident(each, stage);
    });
    const proofs = new Map<string, IncidentProof>();
    const shown = new Map<QuietPanel, Shown>();
    const packs = packIncidents(prepared);
    // While one asks its Prometheus, another one is filled. They begin in order, so the first that shows a panel is always the same.
    const waiting = [...packs.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, pack] = next;
        progress(`evaluating what they change: ${index + 1} of ${packs.length}`);
        const together = await proveTogether(pack, { ...base, quiet: calm.quiet.filter((panel) => !shown.has(panel)) });
        for (const proof of together.incidents) proofs.set(proof.incident, proof);
        for (const [panel, by] of together.shown)
          if (index < (shown.get(panel)?.index ?? Infinity)) shown.set(panel, { by, index });
      }
    };
    await Promise.all([work(), work()]);
    return {
      homelab: subject.file,
      server: null,
      panels: happening.length === 0 ? calm.panels : calm.panels.map((panel) => withShown(panel, shown)),
      others: calm.others,
      alerts: calm.alerts,
      incidents: happening.flatMap(({ incident }) => proofs.get(incident.name) ?? []),
      samples: samples + calm.samples,
      seconds: (performance.now() - started) / 1000,
    };
  });
};

/** Which metrics boards and alerts read, and how far back: what need be stored. */
export const readsOfSubject = ({ boards, alerts }: Pick<Subject, 'boards' | 'alerts'>): Reads =>
  readsOf([
    ...boards.flatMap(readersOf),
    ...alerts.groups.flatMap((group) => group.alerts.map((alert) => ({ expr: conditionQuery(alert), seconds: 0 }))),
  ]);

/** The incident that made a quiet panel show something, and which of the packs it is in. */
interface Shown {
  readonly by: string;
  readonly index: number;
}

const withShown = (report: PanelReport, shown: ReadonlyMap<QuietPanel, Shown>): PanelReport => {
  if (report.verdict !== 'quiet') return report;
  const by = [...shown].find(
    ([{ board, panel, type }]) => board === report.board && panel === report.panel && type === report.type,
  );
  return { ...report, shownBy: by?.[1].by ?? null };
};

interface Calm {
  readonly panels: readonly PanelReport[];
  readonly quiet: readonly QuietPanel[];
  readonly others: readonly OtherProof[];
  readonly alerts: readonly AlertProof[];
  readonly samples: number;
}

/** The homelab while all is well: rules first, because boards show what they made of it. */
const proveCalm = async (
  { homelab, boards, alerts }: Subject,
  {
    fleet,
    reads,
    folder,
    others,
    progress,
  }: {
    readonly fleet: Fleet;
    readonly reads: Reads;
    readonly folder: string;
    readonly others: OtherServers;
    readonly progress: (text: string) => void;
  },
): Promise<Calm> => {
  const data = join(folder, 'calm');
  linkBlocks(join(folder, 'shared'), data);
  const { samples } = await fill(fleet, ownRanges(reads.reads), data);
  const scraped = scrapedFromFleet(fleet, moment);
  const time = { from: moment - recent, to: moment };

  const evaluating = await startFilled(folder, 'calm');
  let evaluated: readonly Evaluated[];
  let alertProofs: readonly AlertProof[];
  try {
    const prometheus = prometheusAt(evaluating.url);
    progress('evaluating every rule over six hours');
    evaluated = await evaluate(alerts, prometheus, time);
    alertProofs = await proveAlerts(evaluated, { prometheus, scraped, at: moment });
  } finally {
    await evaluating.stop();
  }
  await fillAlerts(evaluated, time, { folder, data: 'calm' });

  const server = await startFilled(folder, 'calm');
  const stage: BoardStage = {
    prometheus: prometheusAt(server.url),
    scraped,
    homelab,
    at: moment,
    faultsIn: (panel, queries) => ({ legends: legendFaults(panel, queries), values: valueFaults(panel, queries) }),
  };
  const panels: PanelReport[] = [];
  const quiet: QuietPanel[] = [];
  const otherProofs: OtherProof[] = [];
  try {
    for (const [index, board] of boards.entries()) {
      progress(`board ${index + 1} of ${boards.length}: ${board.title}`);
      const opened = await reportBoard(board, stage);
      panels.push(...opened.panels);
      quiet.push(...opened.quiet);
      otherProofs.push(...(await proveOthers(board, homelab, others)));
    }
  } finally {
    await server.stop();
  }
  return { panels, quiet, others: otherProofs, alerts: alertProofs, samples };
};
