import type { Json } from '../../grafana-json/json';
import { changesOfFields } from './fields';

/** Settings that hold no secret, in Grafana's names; of all others only that they changed is told. */
const open: ReadonlySet<string> = new Set([
  'name',
  'type',
  'disableResolveMessage',
  ...[
    'addresses',
    'singleEmail',
    'subject',
    'title',
    'text',
    'message',
    'httpMethod',
    'parse_mode',
    'disable_web_page_preview',
    'priority',
    'okPriority',
    'uploadImage',
    'authorization_scheme',
  ].map((name) => `settings.${name}`),
]);

/** Fields by name: `settings message changed`, `name hl-phone to hl-mobile`. */
export const changesOfContactPoint = (was: Json, is: Json): readonly string[] =>
  changesOfFields(was, is, { mayTell: (path) => open.has(path) });
