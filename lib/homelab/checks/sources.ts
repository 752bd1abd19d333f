import { readSeconds } from '../../duration';
import type { Catalogs } from '../catalogs';
import { eachEntry, type Draft, type Partially } from '../draft';
import type { EntityName, Identity } from '../homelab';
import { lanSource } from '../jobs';
import { allowedNames, closest } from '../nearest';
import { problem, quote, type HomelabProblem, type Keys } from '../problem';

/** What is said of sources is said of known ones, and can be turned into selectors. */
export function* checkSources(draft: Draft, catalogs: Catalogs): Iterable<HomelabProblem> {
  for (const [name, settings] of eachEntry(draft.sources)) {
    const keys = ['sources', name];
    if (name !== lanSource && !catalogs.has(name)) yield unknownSource(keys, name, catalogs);
    yield* checkInterval([...keys, 'interval'], settings.interval);
    for (const [label, values] of eachEntry(settings.select)) yield* checkSelect([...keys, 'select', label], values);
    for (const [entity, identity] of eachEntry(settings.identity)) {
      yield* checkIdentity([...keys, 'identity', entity], entity as EntityName, identity);
    }
  }
}

const unknownSource = (keys: Keys, name: string, catalogs: Catalogs): HomelabProblem => {
  const names = [...catalogs.names(), lanSource];
  const meant = closest(name, names);
  return problem(keys, {
    what: `unknown source '${name}'`,
    onKey: true,
    allowed: allowedNames(name, names),
    try: meant ? `write \`${meant}:\`` : 'use the name that stands as `exporter:` under a host or an app',
  });
};

function* checkInterval(keys: Keys, interval: string | undefined): Iterable<HomelabProblem> {
  if (interval === undefined || isLength(interval)) return;
  yield problem(keys, {
    what: 'unreadable duration',
    value: interval,
    allowed: 'whole numbers with ms, s, m, h, d or w, more than nothing, such as 30s, 5m or 1m30s',
    ...(/^\d+$/.test(interval) &&
      Number(interval) > 0 && { try: `write \`interval: ${quote(`${Number(interval)}s`)}\`` }),
  });
}

const isLength = (text: string): boolean => (readSeconds(text) ?? 0) > 0;

function* checkSelect(keys: Keys, values: string | readonly (string | undefined)[]): Iterable<HomelabProblem> {
  const list = typeof values === 'string' ? [values] : values;
  if (list.length > 0 && list.every((value) => value !== '')) return;
  yield problem(keys, {
    what: 'selects nothing',
    value: values,
    allowed: 'one value, or a list of them',
    try: `look at the label \`${keys.at(-1)}\` of these series in Prometheus`,
  });
}

function* checkIdentity(keys: Keys, entity: EntityName, identity: Partially<Identity>): Iterable<HomelabProblem> {
  const placeholder = `{${entity}}`;
  if (typeof identity === 'string') {
    if (isLabel(identity)) return;
    const isPattern = identity.includes('{');
    return yield problem(keys, {
      what: isPattern ? 'a pattern without its label' : 'malformed label name',
      value: identity,
      allowed: `the name of a label, or { label: 'instance', pattern: '${placeholder}:9100' }`,
      ...(isPattern && { try: `write \`${entity}: { label: 'instance', pattern: '${identity}' }\`` }),
    });
  }
  const { label, pattern } = identity;
  if (label !== undefined && !isLabel(label)) {
    yield problem([...keys, 'label'], {
      what: 'malformed label name',
      value: label,
      allowed: 'letters, digits and underscores, no digit first',
    });
  }
  if (pattern === undefined || isReversible(pattern, placeholder)) return;
  yield problem([...keys, 'pattern'], {
    what: `a pattern from which the ${entity} cannot be read back`,
    value: pattern,
    allowed: `text with ${placeholder} in it exactly once and no other braces, such as '${placeholder}:9100'`,
    try: `write the ${entity} into a label of its own when scraping, with relabel_configs: { source_labels: [${label ?? 'instance'}], regex: '(.*):.*', target_label: ${entity} }, and remove this`,
  });
}

const isReversible = (pattern: string, placeholder: string): boolean =>
  pattern.split(placeholder).length === 2 && !/[{}]/.test(pattern.replace(placeholder, ''));

const isLabel = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
