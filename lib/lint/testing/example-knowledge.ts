import type { Knowledge, LogKnowledge } from '../knowledge';
import { liveKnowledge } from '../knowledge/live';
import { subjectsIn } from '../lint';
import type { Example } from '../rule';
import { exampleDocuments } from './clean';
import { factsOf } from './live-facts';

/** What rules know where an example says which interval samples have, what a server has, and which labels logs have. */
export const exampleKnowledge =
  (recorded: Knowledge) =>
  (example: Example): Knowledge => {
    const { interval, server, logs } = example;
    const asked = server ? liveKnowledge(factsOf(server, namesIn(example)), recorded) : recorded;
    if (interval === undefined && !logs) return asked;
    return {
      ...asked,
      says: asked.says,
      ...(interval !== undefined && { intervalOf: () => interval }),
      ...(logs && { logs: logsOf(logs) }),
    };
  };

/** Metrics that the queries of an example name. */
const namesIn = (example: Example): readonly string[] => [
  ...new Set(
    subjectsIn(exampleDocuments(example)).flatMap((subject) =>
      subject.kind === 'query' ? subject.parsed.selectors.flatMap(({ name }) => name ?? []) : [],
    ),
  ),
];

const logsOf = (labels: NonNullable<Example['logs']>): LogKnowledge => ({
  labels: new Set(Object.keys(labels)),
  valuesOf: (label) => (labels[label] ? new Set(labels[label]) : undefined),
  says: 'Loki 3.5.0 at http://loki:3100',
});
