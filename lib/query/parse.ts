import { checkTypes } from './check-types';
import { variablesIn } from './filled';
import { Refused } from './lexer';
import { readLogql } from './logql';
import { readTraceql } from './traceql';
import type { KnownVariable, Language, ParsedQuery } from './parsed';
import { readPromql, type Reading } from './read-promql';
import { childrenOf, type Expr, type Selector } from './tree';

/** What a parser has to know beside the text. */
export interface ParseContext {
  readonly variables?: readonly KnownVariable[];
  /** Whether the server is VictoriaMetrics, so that MetricsQL is no mistake. */
  readonly metricsql?: boolean;
}

/** Reads a query; never throws. Variables of Grafana are expanded by what the board says of them. */
export const parseQuery = (language: Language, text: string, context: ParseContext = {}): ParsedQuery => {
  const nothing = { language, text, tree: undefined, error: undefined, metricsql: false, selectors: [], streams: [] };
  const variables = variablesIn(text);
  switch (language) {
    case 'promql':
      return { ...nothing, ...parsePromql(text, context), variables };
    case 'logql':
      return { ...nothing, ...readLogql(text, context.variables ?? []), variables };
    case 'traceql':
      return { ...nothing, ...readTraceql(text, context.variables ?? []), variables };
    case 'other':
      return { ...nothing, variables };
  }
};

type Outcome = Pick<ParsedQuery, 'tree' | 'error' | 'metricsql' | 'selectors'>;

/** Values of a variable that are tried before a query counts as wrong. */
const choices = 4;

const parsePromql = (text: string, context: ParseContext): Outcome => {
  const variables = context.variables ?? [];
  const used = variables.filter(({ name, values }) => values.length > 0 && text.includes(name));
  const most = Math.min(choices, Math.max(1, ...used.map(({ values }) => values.length)));
  let refused: Outcome['error'];
  let laxReading: Reading | undefined;
  for (let choice = 0; choice < most; choice++) {
    const strict = attempt(text, () => {
      const reading = readPromql(text, used, false, choice);
      checkTypes(reading);
      return reading;
    });
    if (strict.reading) return { ...outcome(strict.reading), error: undefined, metricsql: false };
    const { reading, error } = attempt(text, () => readPromql(text, used, true, choice));
    refused ??= (context.metricsql && error) || strict.error;
    if (reading && (context.metricsql || reading.extension === 'metricsql'))
      return { ...outcome(reading), error: undefined, metricsql: true };
    laxReading ??= reading;
  }
  // Prometheus refuses it and VictoriaMetrics takes it, but nothing says that it was meant for the latter.
  if (laxReading) return { ...outcome(laxReading), error: refused, metricsql: true };
  return { tree: undefined, error: refused, metricsql: false, selectors: [] };
};

const outcome = ({ tree, definitions }: Reading): Pick<Outcome, 'tree' | 'selectors'> => {
  const selectors: Selector[] = [];
  const collect = (expr: Expr): void => {
    if (expr.kind === 'selector') selectors.push(expr);
    else childrenOf(expr).forEach(collect);
  };
  collect(tree);
  definitions.forEach(collect);
  return { tree, selectors };
};

const attempt = (text: string, read: () => Reading): { reading?: Reading; error?: NonNullable<Outcome['error']> } => {
  try {
    return { reading: read() };
  } catch (error) {
    if (error instanceof Refused) {
      const from = Math.min(error.span.from, text.length);
      return { error: { message: error.message, span: { from, to: Math.max(from, error.span.to) } } };
    }
    throw error;
  }
};
