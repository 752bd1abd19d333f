import { argumentsOf, binary, expressionIn, functionName, replaceChildren, slice, type QueryNode } from './query-nodes';

/** The same query with nothing left out by value: comparisons give 0 or 1, `unless` its left side, `absent` always something. */
export const withoutFilters = (query: string): string => open(expressionIn(query), query);

const comparisons = new Set(['==', '!=', '>', '<', '>=', '<=']);

const open = (node: QueryNode, query: string): string => {
  if (node.name === 'BinaryExpr') {
    const { left, right, operator, modifiers } = binary(node, query);
    const [a, b] = [open(left, query), open(right, query)];
    if (operator === 'unless') return a;
    const filters = comparisons.has(operator) && !modifiers.includes('bool');
    return [a, operator, ...(filters ? ['bool'] : []), ...modifiers, b].join(' ');
  }
  if (node.name === 'FunctionCall') {
    const name = functionName(node, query);
    const [argument] = argumentsOf(node);
    if (name === 'absent' && argument) return `(group(${open(argument, query)}) or ${slice(node, query)})`;
    if (name === 'absent_over_time' && argument)
      return `(group(last_over_time(${open(argument, query)})) or ${slice(node, query)})`;
  }
  return replaceChildren(node, query, (child) => open(child, query));
};

/** The same query with every offset and every subquery step of a second, which a Prometheus has that was just started. */
export const shortenPast = (query: string): { readonly query: string; readonly shortened: readonly string[] } => {
  const shortened: string[] = [];
  const shorten = (node: QueryNode): string => {
    const text = replaceChildren(node, query, shorten);
    if (node.name === 'OffsetExpr') {
      shortened.push(`offset ${slice(node.lastChild as QueryNode, query)}`);
      return text.replace(/(\boffset\s+)\S+$/i, '$11s');
    }
    const step = node.name === 'SubqueryExpr' && /:\s*(\w+)\]$/.exec(text)?.[1];
    if (!step) return text;
    shortened.push(`a step of ${step}`);
    return text.replace(/:\s*\w+\]$/, ':1s]');
  };
  return { query: shorten(expressionIn(query)), shortened: [...new Set(shortened)] };
};
