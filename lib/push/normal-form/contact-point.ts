import type { Json } from '../../grafana-json/json';
import { withoutKeys, withoutNulls, withoutUsual } from './without';

/** One integration of a contact point. What a secret reads as is left as it is. */
export const normalContactPoint = (body: Json): Json =>
  withoutUsual(withoutKeys(withoutNulls(body) as Json, ['provenance', 'version']), { disableResolveMessage: false });
