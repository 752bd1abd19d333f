import type { Change, EngineChange } from './change';
import { compareAlerts } from './compare-alerts';
import { compareBoards } from './compare-boards';
import { compareTold } from './compare-told';
import type { Facts } from './facts';

/** What a person sees differently: boards by title, alerts and receivers by name. The order of what is given does not matter. */
export const compareFacts = (was: Facts, is: Facts): readonly Change[] => [
  ...compareBoards(was.boards, is.boards),
  ...compareEngines(was, is),
  ...compareAlerts(was.alerts, is.alerts),
  ...compareTold(was.told, is.told),
];

const compareEngines = (was: Facts, is: Facts): readonly EngineChange[] =>
  was.engine && is.engine && was.engine !== is.engine ? [{ kind: 'engine', was: was.engine, is: is.engine }] : [];
