import type { Json } from '../../../grafana-json/json';
import { needs } from './auth';
import { conflict, demandProvenance, editDocument, fingerprint } from './alertmanager';
import { provenanceOf } from './alert-rules';
import { bodyOf, coded, ok, route, textOf, type Asked, type Route } from './exchange';
import type { Template } from './state';

const path = '/api/v1/provisioning/templates';
const lost = 'Internal Server Error';

/** Contract 4.6: no POST. */
export const templateRoutes: readonly Route[] = [
  route('GET', path, needs.notificationsRead, ({ state }) =>
    ok([...state.world.alertmanager.templates].sort((a, b) => (a.name < b.name ? -1 : 1)).map(shown)),
  ),
  route('GET', `${path}/:name`, needs.notificationsRead, ({ state, params }) => {
    const template = state.world.alertmanager.templates.find(({ name }) => name === params['name']);
    if (!template) throw notFound();
    return ok(shown(template));
  }),
  route('PUT', `${path}/:name`, needs.notificationsWrite, (asked) => put(asked)),
  route('DELETE', `${path}/:name`, needs.notificationsWrite, async (asked) => {
    const { state, params } = asked;
    const before = state.world.alertmanager.templates.find(({ name }) => name === params['name']);
    if (!before) return { status: 204 };
    demandProvenance(before.provenance, provenanceOf(asked));
    const wanted = asked.query.get('version');
    if (wanted && wanted !== fingerprint([before.name, before.template])) throw conflict();
    await editDocument(asked, lost, (draft) => {
      draft.templates = draft.templates.filter(({ name }) => name !== before.name);
    });
    return { status: 204 };
  }),
];

const notFound = (): Error => coded(404, 'alerting.notifications.templates.notFound', 'NotFound');

const shown = ({ name, template, provenance }: Template): Json => ({
  name,
  template,
  ...(provenance && { provenance }),
  version: fingerprint([name, template]),
});

const put = async (asked: Asked) => {
  const name = asked.params['name'] ?? '';
  const body = bodyOf(asked);
  const after: Template = {
    name,
    template: normalTemplate(name, textOf(body, 'template')),
    provenance: provenanceOf(asked),
  };
  const wanted = textOf(body, 'version');
  await editDocument(asked, lost, (draft) => {
    const before = draft.templates.find((one) => one.name === name);
    if (!before && wanted) throw notFound();
    if (before) demandProvenance(before.provenance, after.provenance);
    if (before && wanted && wanted !== fingerprint([name, before.template])) throw conflict();
    draft.templates = [...draft.templates.filter((one) => one.name !== name), after];
  });
  return ok(shown(after), 202);
};

/** Contract 4.6: trimmed; wrapped where nothing is defined. Throws a 400 for what does not parse, as far as is told here: blocks without a condition or an end. */
export const normalTemplate = (name: string, text: string): string => {
  const trimmed = text.trim();
  if (trimmed === '') throw invalid('template must have content');
  const wrapped = /\{\{-?\s*define\b/.test(trimmed)
    ? trimmed
    : `{{ define "${name}" }}\n${trimmed
        .split('\n')
        .map((line) => `  ${line}`)
        .join('\n')}\n{{ end }}`;
  const tags = [...wrapped.matchAll(/\{\{-?\s*([^}]*?)\s*-?\}\}/g)].map(([, inside]) => inside ?? '');
  const bare = tags.find((tag) => /^(if|range|with|template|define)$/.test(tag));
  if (bare) throw invalid(`invalid template: template: :1: missing value for ${bare}`);
  const open = tags.filter((tag) => /^(if|range|with|define|block)\b/.test(tag)).length;
  if (open !== tags.filter((tag) => tag === 'end').length)
    throw invalid('invalid template: template: :1: unexpected EOF');
  return wrapped;
};

const invalid = (Error: string): Error =>
  coded(
    400,
    'alerting.notifications.templates.invalidFormat',
    'Template is in invalid format. Correct the payload and try again.',
    { Error },
  );
