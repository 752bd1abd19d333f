import type { Json } from '../../grafana-json/json';
import { changesOfFields } from './fields';
import { valueInWords } from './values';

/** `renamed: Hosts to Machines`, `moved into the folder hl-folder`. */
export const changesOfFolder = (was: Json, is: Json): readonly string[] => {
  const { title: before, parentUid: from, ...others } = was;
  const { title: after, parentUid: to, ...rest } = is;
  return [
    ...(before === after
      ? []
      : [`renamed: ${valueInWords(before) ?? 'a long title'} to ${valueInWords(after) ?? 'a long title'}`]),
    ...(from === to ? [] : [to === undefined ? 'moved to the top' : `moved into the folder ${String(to)}`]),
    ...changesOfFields(others, rest),
  ];
};
