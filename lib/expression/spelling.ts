import type { Metric } from '../catalog/catalog';
import type { Spelling } from '../homelab/homelab';
import type { Leaf } from './expression';

/**
 * The name as this source's data spell it: catalog names are canonical. Quoted (UTF-8) names go inside the braces.
 * Throws where the catalog does not know the spelling.
 */
export const spellName = (
  metric: string,
  facts: Metric,
  part: Leaf['part'],
  { names, suffixes }: Required<Spelling>,
): string => {
  const series = part ? `_${part}` : '';
  if (names === 'utf8') {
    if (!facts.utf8) {
      throw new Error(
        `the catalog does not know the UTF-8 name of \`${metric}\`: set \`names: 'underscores'\` for its source`,
      );
    }
    return JSON.stringify(facts.utf8 + series);
  }
  const known = [metric, ...(facts.variants ?? [])].sort((a, b) => a.length - b.length);
  if (suffixes) return (known.at(-1) ?? metric) + series;
  const bare = facts.variants ? known[0] : undefined;
  return (bare ?? metric.replace(/_total$/, '').replace(/_(seconds|milliseconds|bytes|ratio)$/, '')) + series;
};

/** A label's name in a matcher: what is no plain name (`service.name`) is quoted. */
export const spellLabel = (label: string): string => (/^[a-zA-Z_]\w*$/.test(label) ? label : JSON.stringify(label));
