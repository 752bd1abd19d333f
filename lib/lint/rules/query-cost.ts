import { askable } from '../live/askable';
import type { Question } from '../question';
import { defineRule } from '../rule';
import type { Query } from '../subject';

/** What one query may cost before a small machine, or a browser, is slow. */
const budget = { series: 1000, samples: 2_000_000, seconds: 1 };

export const queryCost = defineRule({
  id: 'query-cost',
  on: 'query',
  severity: 'warning',
  needs: 'server',
  says: `a query that gives more than ${budget.series} series, or reads more than ${budget.samples.toLocaleString('en')} samples, or takes more than ${budget.seconds} s`,
  why: 'A board sends each of its queries at each refresh, an alert each minute. One that reads millions of samples makes a small Prometheus slow for everything else, and thousands of lines make the browser slow.',
  instead:
    'Aggregate, select less, or record the result by a rule. Asked with `--cost` only, at the moment of asking and without a time range: a graph costs as much for each of its points. Variables take everything, as `All` does.',

  *asks(query) {
    const question = questionOf(query);
    if (question) yield question;
  },

  *check(query, { answers }) {
    const question = questionOf(query);
    const answer = question && answers?.of(question);
    if (!answer) return;
    const { count, samples = 0, seconds = 0 } = answer;
    const over = [
      ...(count > budget.series ? [`gives ${count} series`] : []),
      ...(samples > budget.samples ? [`reads ${samples.toLocaleString('en')} samples`] : []),
      ...(seconds > budget.seconds ? [`takes ${seconds.toFixed(1)} s`] : []),
    ];
    if (over.length === 0) return;
    yield { message: `this query ${over.join(', ')} at each point`, culprit: query.refId };
  },

  accepts: [
    {
      name: 'few series',
      query: 'up',
      answers: { 'cost up': { series: [], count: 1000, seconds: 0.9, samples: 1000 } },
    },
    { name: 'a query that was not asked', query: 'node_load1' },
  ],
  rejects: [
    {
      name: 'more lines than anybody can see',
      query: 'up',
      answers: { 'cost up': { series: [], count: 1001, seconds: 0.1, samples: 1001 } },
      because: 'gives 1001 series',
    },
    {
      name: 'more lines than anybody can see, with all hosts chosen',
      query: 'rate(node_network_receive_bytes_total{instance=~"$instance"}[$__rate_interval])',
      answers: {
        'cost rate(node_network_receive_bytes_total{instance=~".*"}[5m])': {
          series: [],
          count: 1500,
          seconds: 0.1,
          samples: 1500,
        },
      },
      because: 'gives 1500 series',
    },
    {
      name: 'slow',
      query: 'up',
      answers: { 'cost up': { series: [], count: 1, seconds: 2.5, samples: undefined } },
      because: 'takes 2.5 s',
    },
  ],
});

const questionOf = (query: Query): Question | undefined => {
  const text = askable(query);
  return text === undefined ? undefined : { kind: 'cost', query: text };
};
