import { hasVariable } from '../../query/filled';
import { walk, type Span } from '../../query/tree';
import type { Query } from '../subject';

/**
 * A query as a server takes it, with what Grafana would fill in by its meaning: a matcher on a variable takes everything, as `All` does, a
 * window on a variable is five minutes. Undefined where a variable stands anywhere else, and for other languages.
 */
export const askable = ({ language, text, parsed: { tree } }: Query): string | undefined => {
  if (language !== 'promql' || !tree) return undefined;
  if (!hasVariable(text)) return text;
  const pieces: (Span & { readonly as: string })[] = [];
  const add = ({ from, to }: Span, as: string): void => void pieces.push({ from, to, as });
  for (const { node } of walk(tree)) {
    if (node.kind === 'selector')
      for (const matcher of node.matchers) if (matcher.open) add(matcher, `${printLabel(matcher.label)}=~".*"`);
    if (node.kind === 'selector' || node.kind === 'subquery')
      for (const duration of [node.window, node.kind === 'subquery' ? node.step : undefined])
        if (duration?.variable !== undefined) {
          const written = text.slice(duration.from, duration.to);
          add(duration, written.replace(/\$\{[^}]*\}|\$\w+|\[\[\w+\]\]/, '5m'));
        }
  }
  let filled = text;
  for (const { from, to, as } of pieces.sort((a, b) => b.from - a.from))
    filled = filled.slice(0, from) + as + filled.slice(to);
  return hasVariable(filled) ? undefined : filled;
};

const printLabel = (label: string): string => (/^[a-zA-Z_]\w*$/.test(label) ? label : JSON.stringify(label));
