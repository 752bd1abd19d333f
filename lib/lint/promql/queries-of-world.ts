import type { World } from '../rule';
import type { Query } from '../subject';

/** Every query of panels, variables, annotations, alerts and recording rules that are linted together. */
export const queriesOf = ({ boards, alerts, recordings }: World): readonly Query[] => [
  ...boards.flatMap(({ panels, variables, annotations }) => [
    ...panels.flatMap(({ queries }) => queries),
    ...[...variables, ...annotations].flatMap(({ query }) => query ?? []),
  ]),
  ...alerts.flatMap(({ queries }) => queries),
  ...recordings.map(({ query }) => query),
];
