import { parser } from '@prometheus-io/lezer-promql';

/** Where a query stops being PromQL. */
export interface SyntaxError {
  /** Offset in the text. */
  readonly at: number;
  readonly message: string;
}

/** Parses PromQL as Prometheus does (`@prometheus-io/lezer-promql`). Grafana's `$variables` must be expanded before. */
export const parsePromql = (text: string): ReturnType<typeof parser.parse> => parser.parse(text);

/** The first place where `text` is not PromQL, or undefined. */
export const promqlError = (text: string): SyntaxError | undefined => {
  let found: SyntaxError | undefined;
  parsePromql(text).iterate({
    enter: (node) => {
      if (found || !node.type.isError) return;
      const rest = text.slice(node.from).trim();
      found = {
        at: Math.min(node.from, text.length),
        message: rest === '' ? 'the query ends too early' : `unexpected \`${rest.split(/\s+/)[0]}\``,
      };
    },
  });
  return found;
};

/** The line of `text` that holds offset `at`, with a caret under it. */
export const withCaret = (text: string, at: number): string => {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(start, end === -1 ? undefined : end);
  return `${line}\n${' '.repeat(at - start)}^`;
};

/** Metric names that a query selects, sorted; names given by `__name__` matchers included where they are literal. */
export const metricsOf = (text: string): readonly string[] => {
  const names = new Set<string>();
  parsePromql(text).iterate({
    enter: (node) => {
      if (node.name !== 'VectorSelector') return;
      const selector = text.slice(node.from, node.to);
      const bare = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(selector)?.[0];
      const quoted = /\{\s*"([^"]+)"/.exec(selector)?.[1] ?? /__name__\s*=\s*"([^"]+)"/.exec(selector)?.[1];
      const name = bare ?? quoted;
      if (name) names.add(name);
    },
  });
  return [...names].sort();
};
