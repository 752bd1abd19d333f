import { join } from 'node:path';
import { alerts } from '../../alerts/index';
import { dashboards } from '../../dashboards/index';
import { catalogsOf } from '../../lib/homelab/define';
import type { Homelab } from '../../lib/homelab/homelab';
import { readHomelab } from '../../lib/homelab/read';
import { resolveHomelab } from '../../lib/homelab/resolve';
import { documentsOf } from '../../lib/lint/documents/own';
import type { Knowledge } from '../../lib/lint/knowledge';
import { recordedKnowledge } from '../../lib/lint/knowledge/recorded';
import { labelsOf } from '../../lib/lint/labels';
import { subjectsIn, whereOf } from '../../lib/lint/lint';
import type { Query } from '../../lib/lint/subject';
import { walk, type Expr, type Selector } from '../../lib/query/tree';
import { render } from '../../lib/render/render';
import { isPersonal } from '../../lib/signals/personal';
import { includedFor } from '../included';
import { examplesFolder } from '../snapshots';

/**
 * Whatever names a person, where they are or what they watch in an answer to what an example asks: on its boards, in pickers and marks,
 * in alerts of all packs and in recording rules; each with its place. Reckoned from the queries as they are rendered and the labels of
 * the catalogs, so that a series that nobody aggregates counts with all its labels.
 */
export const personalIn = (name: string, privacy: Homelab['privacy']): readonly string[] => {
  const file = join(examplesFolder, name);
  const written = readHomelab(file);
  const homelab = resolveHomelab(
    { ...written, alerting: { ...written.alerting, pack: 'all' }, ...(privacy && { privacy }) },
    { catalogs: catalogsOf(written) },
  );
  const rendered = render(homelab, { dashboards, alerts, included: includedFor(file, written) }, { forLint: true });
  const documents = documentsOf(rendered);
  const recordings = documents.flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules.filter((rule) => rule.kind === 'recording')),
  );
  const knowledge = recordedKnowledge({ homelab, recordings });
  return subjectsIn(documents).flatMap((subject) =>
    subject.kind !== 'query'
      ? []
      : personalOf(subject, knowledge).map((what) => `${whereOf(subject)}: ${what}: ${subject.text}`),
  );
};

const personalOf = (query: Query, knowledge: Knowledge): readonly string[] => {
  const { language, parsed, owner, text } = query;
  // What a picker offers is the label it asks for.
  const [, picked] = (owner.kind === 'variable' && /,\s*(\w+)\s*\)$/.exec(owner.definition ?? '')) || [];
  if (picked !== undefined) return isPersonalOn(parsed.selectors, knowledge, picked) ? [picked] : [];
  // Lines of a log hold anything; numbers of them do not.
  if (language === 'logql')
    return /^sum(?: by \((?:service|host)\))? ?\(count_over_time\(/.test(text) ? [] : ['lines of a log'];
  const { tree } = parsed;
  if (!tree) return ['does not parse'];
  const shown = labelsOf(tree, knowledge);
  const known = new Set(parsed.selectors.flatMap((selector) => labelsOn(selector, knowledge)));
  return [...new Set([...known, ...shown.names])].flatMap((label) => {
    if (shown.has(label) === 'no') return [];
    const from = originsOf(tree, label, knowledge);
    return from.length === 0 ? [] : [from.includes(label) ? label : `${label}, which is ${from.join()}`];
  });
};

/** The personal labels that a label is made of: itself, or what `label_replace` takes. */
const originsOf = (tree: Expr, label: string, knowledge: Knowledge): readonly string[] => {
  const found = new Set<string>();
  for (const { node } of walk(tree)) {
    if (node.kind === 'selector' && isPersonalOn([node], knowledge, label)) found.add(label);
    if (node.kind !== 'call' || node.name !== 'label_replace') continue;
    const [inner, to, replacement, from] = node.args;
    if (!inner || to?.kind !== 'string' || from?.kind !== 'string' || replacement?.kind !== 'string') continue;
    if (to.value !== label || !replacement.value.includes('$') || isHarmless(from.value, label, inner)) continue;
    if (from.value !== label && originsOf(inner, from.value, knowledge).length > 0) found.add(from.value);
  }
  return [...found];
};

/** The program with which somebody watches is not the person, and the title of a library is none of what is in it. */
const isHarmless = (from: string, to: string, inner: Expr): boolean =>
  (from === 'client' && to === 'app') ||
  (from === 'title' &&
    [...walk(inner)].every(({ node }) => node.kind !== 'selector' || node.name === 'plex_media_count'));

const isPersonalOn = (selectors: readonly Selector[], knowledge: Knowledge, label: string): boolean =>
  selectors.some(
    (selector) =>
      labelsOn(selector, knowledge).includes(label) &&
      (isPersonal(label) ||
        others.some(([metric, labels]) => metric.test(selector.name ?? '') && labels.includes(label))),
  );

/** Labels that mean something else elsewhere. */
const others: readonly (readonly [RegExp, readonly string[]])[] = [
  // `Anna's phone`, and the room that a player stands in.
  [/^(jellyfin|plex|plays?)_/, ['device']],
  // What is downloaded.
  [/^(qbittorrent|transmission)_torrent/, ['name']],
  [/^adguard_top_clients/, ['name']],
  [/^(adguard_top_.*_domains|pihole_top_)/, ['domain', 'source', 'source_name']],
  [/^tautulli_session_geo/, ['region', 'country']],
];

const labelsOn = (selector: Selector, knowledge: Knowledge): readonly string[] => {
  const known = knowledge.of(selector);
  return known.state === 'known' ? [...known.labels.names] : [];
};
