import { RefusedError, RemoteFailure } from '../../server/errors';
import type { PrometheusServer } from '../../server/prometheus';
import { keyOf, type Answer, type Answers, type Question } from '../question';
import type { Problem } from '../report/result';
import { problemOf } from './ask-server';

/** Answers to nothing: where no rule asks. */
export const noAnswers: Answers = { of: () => undefined };

/** Asks a server what rules want to know beside the metrics themselves. A query that it refuses has no answer. */
export const answersOf = async (
  server: PrometheusServer,
  questions: readonly Question[],
  now: number,
): Promise<{ readonly answers: Answers; readonly problems: readonly Problem[] }> => {
  const problems: Problem[] = [];
  const found = new Map<string, Answer>();
  await Promise.all(
    questions.map(async (question) => {
      try {
        found.set(keyOf(question), await answerTo(server, question, now));
      } catch (error) {
        if (error instanceof RefusedError) return;
        if (!(error instanceof RemoteFailure)) throw error;
        problems.push(problemOf(server, error));
      }
    }),
  );
  return { answers: { of: (question) => found.get(keyOf(question)) }, problems: problems.slice(0, 1) };
};

const answerTo = async (server: PrometheusServer, question: Question, now: number): Promise<Answer> => {
  if (question.kind === 'cost') {
    const { series, seconds, samples } = await server.cost(question.query);
    return { series: [], count: series, seconds, samples };
  }
  const { query, seconds, step } = question;
  const end = Math.floor(now / step) * step;
  const series = await server.range(query, { start: end - seconds, end, step });
  return {
    series: series.map(({ labels, samples }) => ({ labels, values: samples })),
    count: series.length,
    seconds: undefined,
    samples: undefined,
  };
};
