import type { ResolvedHomelab } from '../lib/homelab/resolved';
import { liveKnowledge } from '../lib/lint/knowledge/live';
import type { Knowledge } from '../lib/lint/knowledge';
import { questionsOf, subjectsIn } from '../lib/lint/lint';
import { answersOf, noAnswers } from '../lib/lint/live/answers';
import { askServer, problemOf } from '../lib/lint/live/ask-server';
import { askLoki } from '../lib/lint/live/ask-loki';
import type { Answers } from '../lib/lint/question';
import type { LintResult, Problem } from '../lib/lint/report/result';
import type { Rule } from '../lib/lint/rule';
import { logLabelExists } from '../lib/lint/rules/log-label-exists';
import { seriesPresent } from '../lib/lint/rules/series-present';
import { windowVsInterval } from '../lib/lint/rules/window-vs-interval';
import type { LintDocument, Query } from '../lib/lint/subject';
import type { ConnectionOptions, Progress } from '../lib/server/connection';
import { RemoteFailure } from '../lib/server/errors';
import { grafanaDoor } from '../lib/server/grafana';
import { lokiServer, type LokiServer } from '../lib/server/loki';
import { prometheusServer, type PrometheusServer } from '../lib/server/prometheus';
import type { LintArguments } from './commands/lint';

/** What servers told, or why they did not. */
export interface Live {
  readonly knowledge: Knowledge;
  readonly answers: Answers;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
  /** Rules that look at less than they could, and why. */
  readonly left: LintResult['left'];
}

/** Asks the servers that are given what the rules want to know; a failure is a problem, never an exception. */
export const askLive = async (
  given: LintArguments,
  documents: readonly LintDocument[],
  chosen: readonly Rule[],
  recorded: Knowledge,
  { homelab, today }: { readonly homelab: ResolvedHomelab | undefined; readonly today: string },
): Promise<Live> => {
  const problems: Problem[] = [];
  const notes: string[] = [];
  let knowledge = recorded;
  let answers = noAnswers;
  const left = new Map<string, string>(
    chosen.filter(({ needs }) => needs === 'server').map(({ id }) => [id, 'the server could not be asked']),
  );
  const now = Math.floor(Date.now() / 1000);
  const queries = subjectsIn(documents).filter((subject): subject is Query => subject.kind === 'query');
  const progress = progressLine();
  try {
    const { prometheus, loki } = await serversOf(given, homelab, queries, { progress: progress.show });
    if (prometheus) {
      const selectors = queries.flatMap(({ language, parsed }) => (language === 'promql' ? parsed.selectors : []));
      const asked = await askServer(prometheus, selectors, now);
      problems.push(...asked.problems);
      notes.push(...asked.notes);
      if (asked.facts) {
        knowledge = liveKnowledge(asked.facts, recorded);
        left.delete(seriesPresent.id);
        if (!asked.facts.scraping && chosen.includes(windowVsInterval))
          left.set(
            windowVsInterval.id,
            `only with the intervals that the homelab file knows: ${prometheus.url} tells none`,
          );
      }
      if (asked.facts && given.cost) {
        const { questions } = questionsOf(documents, chosen, { knowledge, homelab, today });
        const told = await answersOf(prometheus, questions, now);
        answers = told.answers;
        problems.push(...told.problems);
        if (told.problems.length === 0) for (const { id, asks } of chosen) if (asks) left.delete(id);
      }
      if (!given.cost)
        for (const { id, asks } of chosen) if (asks) left.set(id, 'costs the server something: --cost switches it on');
      notes.push(...prometheus.warnings.map(({ path, text }) => `${prometheus.url}${path} warned: ${text}`));
    }
    if (loki) {
      const asked = await askLoki(loki, queries, now);
      if (asked.logs) {
        knowledge = { ...knowledge, logs: asked.logs };
        left.delete(logLabelExists.id);
      }
      problems.push(...asked.problems);
    } else if (chosen.includes(logLabelExists))
      left.set(logLabelExists.id, 'no Loki was asked: --loki URL, or queries of logs with --grafana URL');
    if (!prometheus)
      for (const { id } of chosen)
        if (left.has(id) && id !== logLabelExists.id) left.set(id, 'needs a server: --prometheus URL or --grafana URL');
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    problems.push(problemOf({ url: withoutCredentials(given.prometheus ?? given.grafana ?? given.loki ?? '') }, error));
  } finally {
    progress.end();
  }
  return { knowledge, answers, problems, notes, left: [...left].map(([rule, why]) => ({ rule, why })) };
};

/** An address that was refused because it holds a password is not printed with it. */
const withoutCredentials = (address: string): string => address.replace(/\/\/[^/?#]*@/, '//');

const serversOf = async (
  given: LintArguments,
  homelab: ResolvedHomelab | undefined,
  queries: readonly Query[],
  options: ConnectionOptions,
): Promise<{ readonly prometheus: PrometheusServer | undefined; readonly loki: LokiServer | undefined }> => {
  const direct = {
    prometheus: given.prometheus === undefined ? undefined : prometheusServer(given.prometheus, process.env, options),
    loki: given.loki === undefined ? undefined : lokiServer(given.loki, process.env, options),
  };
  if (given.grafana === undefined) return direct;
  const door = grafanaDoor(given.grafana, process.env, options);
  const uidOf = (kind: 'prometheus' | 'loki'): string | undefined =>
    Object.values(homelab?.dataSources ?? {}).find((source) => source.kind === kind)?.uid;
  const hasLogs = queries.some(({ language }) => language === 'logql');
  return {
    prometheus: direct.prometheus ?? door.prometheus((await door.choose('prometheus', uidOf('prometheus'))).uid),
    loki: direct.loki ?? (hasLogs ? door.loki((await door.choose('loki', uidOf('loki'))).uid) : undefined),
  };
};

/** One line on a terminal, written over again; nothing where nobody watches. */
const progressLine = (): { readonly show: (progress: Progress) => void; readonly end: () => void } => {
  if (!process.stderr.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show: ({ asked, answered }) => void process.stderr.write(`\rasking the server: ${answered} of ${asked} answers`),
    end: () => void process.stderr.write('\r\u001b[K'),
  };
};
