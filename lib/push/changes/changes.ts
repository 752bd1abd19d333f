import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../grafana-json/json';
import type { Kind } from '../object';
import { changesOfContactPoint } from './contact-point';
import { changesOfDashboard } from './dashboard';
import { changesOfFolder } from './folder';
import { changesOfMuteTiming } from './mute-timing';
import { changesOfPolicy } from './policy';
import { changesOfRuleGroup } from './rule-group';
import { changesOfFields } from './fields';
import { changesOfTemplate } from './template';
import { detailsChanged } from './details';

/** What differs between two normal forms of one object, one short text each. No value of a secret is among them. */
export type Changes = (was: Json, is: Json) => readonly string[];

const changes: Readonly<Record<Kind, Changes>> = {
  folder: changesOfFolder,
  'data-source': (was, is) => changesOfFields(was, is),
  dashboard: changesOfDashboard,
  template: changesOfTemplate,
  'mute-timing': changesOfMuteTiming,
  'contact-point': changesOfContactPoint,
  policy: changesOfPolicy,
  'rule-group': changesOfRuleGroup,
};

/** The changes of an object of a kind in words: none where both are the same, at least one where they differ. */
export const changesOf = (kind: Kind, was: Json, is: Json): readonly string[] => {
  if (isDeepStrictEqual(was, is)) return [];
  const said = changes[kind](was, is);
  return said.length > 0 ? said : detailsChanged(was, is);
};
