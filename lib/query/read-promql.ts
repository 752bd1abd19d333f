import { calculate } from './arithmetic';
import { fill, hasVariable, withValues } from './filled';
import { aggregations, functions } from './functions';
import { lex, Refused, type Token } from './lexer';
import { aggregateFunctions, rollupFunctions, transformFunctions } from './metricsql';
import type { KnownVariable } from './parsed';
import type { Binary, Duration, Expr, LabelName, MatchOperator, Matcher, Selector, Span } from './tree';

/** A query as it was read. */
export interface Reading {
  readonly tree: Expr;
  /** Expressions a variable stands for, so that their type is not known. */
  readonly open: ReadonlySet<Expr>;
  /** What only MetricsQL has was met: `syntax` or a function; `lax` where only it is less strict. */
  readonly extension: 'none' | 'lax' | 'metricsql';
  /** Expressions of `WITH (...)`, which stand beside the tree. */
  readonly definitions: readonly Expr[];
}

/** Deeper than any query of a person; a reader that recurses has to stop somewhere. */
const deepest = 200;
/** Operators in one row. */
const longest = 1000;

const precedences: Readonly<Record<string, number>> = {
  default: 1,
  if: 2,
  ifnot: 2,
  or: 3,
  and: 4,
  unless: 4,
  '==': 5,
  '!=': 5,
  '>': 5,
  '<': 5,
  '>=': 5,
  '<=': 5,
  '</': 5,
  '>/': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  atan2: 7,
  '^': 8,
};
const power = 8;
const ofMetricsql = new Set(['default', 'if', 'ifnot']);
const sets = new Set(['and', 'or', 'unless', 'default', 'if', 'ifnot']);
/** Words that can be no metric. */
const reserved = new Set(['bool', 'on', 'ignoring', 'group_left', 'group_right', 'atan2']);

/** Macros of Grafana's Prometheus data source that are numbers or durations. */
const isAmount = (name: string): boolean => /^__(rate_)?(interval|range|from|to)(_m?s)?$/.test(name);

/**
 * Reads PromQL as `promql/parser` of Prometheus 3.15 does, or MetricsQL as `github.com/VictoriaMetrics/metricsql`.
 *
 * @throws Refused at the first place that does not fit
 */
export const readPromql = (
  text: string,
  variables: readonly KnownVariable[],
  metricsql: boolean,
  choice: number,
): Reading => new Reader(text, variables, metricsql, choice).read();

class Reader {
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;
  private extension: Reading['extension'] = 'none';
  private readonly open = new Set<Expr>();
  /** Selectors that are one variable and nothing else: a number as well as a metric. */
  private readonly lone = new Set<Expr>();
  private readonly definitions: Expr[] = [];
  private readonly defined = new Set<string>();

  constructor(
    private readonly text: string,
    private readonly variables: readonly KnownVariable[],
    private readonly metricsql: boolean,
    private readonly choice: number,
  ) {
    this.tokens = lex(fill(text, variables, choice), metricsql);
  }

  read(): Reading {
    if (this.tokens.length === 1) throw this.unexpected();
    const tree = this.expression(0);
    if (this.token.kind !== 'end') throw this.unexpected();
    const { open, extension, definitions } = this;
    return { tree, open, extension, definitions };
  }

  private get token(): Token {
    return this.tokens[this.index] as Token;
  }

  private peek(ahead = 1): Token {
    return this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)] as Token;
  }

  private get before(): Token {
    return this.tokens[this.index - 1] as Token;
  }

  private next(): Token {
    const { token } = this;
    if (token.kind === 'end') throw this.unexpected();
    this.index++;
    return token;
  }

  private is(operator: string, token = this.token): boolean {
    return token.kind === 'operator' && token.text === operator;
  }

  private isWord(word: string, token = this.token): boolean {
    return token.kind === 'name' && token.text.toLowerCase() === word;
  }

  private take(operator: string): boolean {
    if (!this.is(operator)) return false;
    this.index++;
    return true;
  }

  private need(operator: string): Token {
    if (!this.is(operator)) throw this.unexpected();
    return this.next();
  }

  private unexpected(token = this.token): Refused {
    if (token.kind === 'end') return new Refused('the query ends too early', token);
    return new Refused(`unexpected \`${token.text}\``, token);
  }

  private lax(): void {
    if (this.extension === 'none') this.extension = 'lax';
  }

  private extended(): void {
    this.extension = 'metricsql';
  }

  private span(from: Span): Span {
    return { from: from.from, to: this.before.to };
  }

  /** An expression whose operators bind at least as strongly as `weakest`. */
  private expression(weakest: number): Expr {
    if (++this.depth > deepest) throw new Refused('nested too deeply to be read', this.token);
    let left = this.unary();
    for (let count = 0; ; count++) {
      const operator = this.operator();
      if (!operator || operator.precedence < weakest) break;
      if (count > longest) throw new Refused('too many operators to be read', this.token);
      const token = this.next();
      if (operator.trailing) continue;
      if (ofMetricsql.has(operator.text)) this.extended();
      left = this.binary(left, token, operator);
    }
    this.depth--;
    return left;
  }

  /** The operator that stands here, if one does. */
  private operator(): { text: string; precedence: number; trailing: boolean } | undefined {
    const { token } = this;
    if (token.kind === 'open') {
      const trailing = !this.startsOperand(this.peek());
      return { text: token.text, precedence: trailing ? Infinity : 5, trailing };
    }
    if (token.kind !== 'operator' && token.kind !== 'name') return undefined;
    const text = token.text.toLowerCase();
    const precedence = precedences[text];
    if (precedence === undefined || (ofMetricsql.has(text) && !this.metricsql)) return undefined;
    return { text, precedence, trailing: false };
  }

  private startsOperand(token: Token): boolean {
    if (token.kind === 'operator') return ['(', '{', '-', '+'].includes(token.text);
    if (token.kind === 'name') return !(token.text.toLowerCase() in precedences);
    return token.kind !== 'end';
  }

  private binary(left: Expr, token: Token, operator: { text: string; precedence: number }): Binary {
    const bool = this.isWord('bool') && this.next() !== undefined;
    const matching = this.matching();
    const rightAssociative = operator.text === '^';
    let right = this.expression(rightAssociative ? operator.precedence : operator.precedence + 1);
    if (this.metricsql && this.isWord('keep_metric_names')) {
      this.next();
      this.extended();
    }
    if (this.lone.has(right) && !sets.has(operator.text)) right = this.number(right);
    return {
      kind: 'binary',
      from: left.from,
      to: right.to,
      operator: operator.text,
      operatorSpan: { from: token.from, to: token.to },
      bool,
      matching,
      left,
      right,
    };
  }

  /** A variable that stands alone, where a number is wanted. */
  private number(expr: Expr): Expr {
    const number: Expr = { kind: 'number', from: expr.from, to: expr.to, value: undefined };
    this.open.add(number);
    return number;
  }

  private matching(): Binary['matching'] {
    const first = this.token;
    if (first.kind === 'open') {
      // A variable for `on (...)`, where the next bracket is not all that follows.
      const after = this.is('(', this.peek()) ? this.afterBracket(this.index + 1) : undefined;
      if (after && this.startsOperand(after)) {
        this.next();
        return { mode: undefined, labels: this.labels(), group: undefined, include: [] };
      }
      return undefined;
    }
    let mode: 'on' | 'ignoring' | undefined;
    let labels: readonly LabelName[] = [];
    let group: 'left' | 'right' | undefined;
    let include: readonly LabelName[] = [];
    if ((this.isWord('on') || this.isWord('ignoring')) && this.followsMatching()) {
      mode = this.next().text.toLowerCase() as 'on' | 'ignoring';
      labels = this.labels();
      if (this.isWord('group_left') || this.isWord('group_right')) {
        group = this.next().text.toLowerCase() === 'group_left' ? 'left' : 'right';
        if (this.is('(')) include = this.labels();
        if (this.metricsql && this.isWord('prefix')) {
          this.next();
          this.next();
          this.extended();
        }
      }
    } else if (this.metricsql && (this.isWord('group_left') || this.isWord('group_right'))) throw this.unexpected();
    while (/^fill(_left|_right)?$/i.test(this.token.text) && this.token.kind === 'name' && this.is('(', this.peek())) {
      this.next();
      this.need('(');
      if (this.is('-') || this.is('+')) this.next();
      this.next();
      this.need(')');
    }
    return mode === undefined ? undefined : { mode, labels, group, include };
  }

  private followsMatching(): boolean {
    if (this.is('(', this.peek())) return true;
    throw this.unexpected(this.peek());
  }

  /** The word after the bracket that opens at `index`. */
  private afterBracket(index: number): Token | undefined {
    let depth = 0;
    for (let at = index; at < this.tokens.length; at++) {
      const token = this.tokens[at] as Token;
      if (token.kind !== 'operator') continue;
      if (token.text === '(') depth++;
      if (token.text === ')' && --depth === 0) return this.tokens[at + 1];
    }
    return undefined;
  }

  /** `(a, "b", $c)` */
  private labels(): readonly LabelName[] {
    const labels: LabelName[] = [];
    this.need('(');
    while (!this.take(')')) {
      const token = this.next();
      if (this.metricsql && token.kind === 'operator' && token.text === '*') this.extended();
      else if (token.kind !== 'name' && token.kind !== 'string' && token.kind !== 'open') throw this.unexpected(token);
      const isOpen =
        token.kind === 'open' || token.variable !== undefined || (token.kind === 'string' && hasVariable(token.text));
      labels.push({
        name: token.kind === 'string' ? unquoted(token) : token.text,
        from: token.from,
        to: token.to,
        open: isOpen,
      });
      const glued = isOpen || this.token.kind === 'open';
      if (!this.take(',') && !this.is(')') && !glued) throw this.unexpected();
    }
    return labels;
  }

  private unary(): Expr {
    const { token } = this;
    if (!this.is('-') && !this.is('+')) return this.postfix();
    this.next();
    const inner = this.expression(power);
    const span = { from: token.from, to: inner.to };
    if (inner.kind === 'number' && !this.open.has(inner))
      return { ...inner, ...span, value: inner.value === undefined || token.text === '+' ? inner.value : -inner.value };
    if (this.lone.has(inner)) return this.number({ ...inner, ...span });
    return { kind: 'unary', ...span, operator: token.text as '+' | '-', inner };
  }

  /** An operand with `[5m]`, `offset 5m`, `@ 5` behind it. */
  private postfix(): Expr {
    let expr = this.primary();
    for (;;) {
      if (this.is('[')) expr = this.range(expr);
      else if (this.isWord('offset') || this.is('@')) expr = this.shift(expr);
      else if (this.isWord('anchored') || this.isWord('smoothed')) {
        this.next();
        expr = { ...expr, to: this.before.to };
      } else if (this.metricsql && this.isWord('keep_metric_names')) {
        this.next();
        this.extended();
        expr =
          expr.kind === 'call' ? { ...expr, keepsNames: true, to: this.before.to } : { ...expr, to: this.before.to };
      } else return expr;
    }
  }

  private range(expr: Expr): Expr {
    const bracket = this.need('[');
    if (this.metricsql && this.take(':')) {
      const step = this.duration();
      this.need(']');
      this.lax();
      return { kind: 'subquery', ...this.span(expr), inner: expr, window: { ...step, seconds: undefined }, step };
    }
    const window = this.duration();
    if (window.seconds !== undefined && window.seconds <= 0 && window.variable === undefined)
      throw new Refused('duration must be greater than 0', window);
    if (this.take(':')) {
      const step = this.is(']') ? undefined : this.duration();
      this.need(']');
      return { kind: 'subquery', ...this.span(expr), inner: expr, window, step };
    }
    this.need(']');
    if (expr.kind !== 'selector' || expr.window) {
      if (!this.metricsql) throw new Refused('ranges only allowed for vector selectors', this.span(bracket));
      this.lax();
      return { kind: 'subquery', ...this.span(expr), inner: expr, window, step: undefined };
    }
    if (!this.metricsql && expr.offset)
      throw new Refused('no offset modifiers allowed before range', this.span(bracket));
    if (!this.metricsql && expr.at !== undefined)
      throw new Refused('no @ modifiers allowed before range', this.span(bracket));
    return { ...expr, ...this.span(expr), window };
  }

  private shift(expr: Expr): Expr {
    const keyword = this.next();
    const isOffset = keyword.text !== '@';
    let offset: Duration | undefined;
    let at: string | undefined;
    if (isOffset) offset = this.offset();
    else {
      const first = this.token;
      if (this.is('-') || this.is('+')) this.next();
      const value = this.next();
      if (value.kind === 'name' && /^(start|end)$/i.test(value.text)) {
        this.need('(');
        this.need(')');
      } else if (value.kind !== 'number' && value.kind !== 'open') {
        if (!this.metricsql) throw this.unexpected(value);
        this.index--;
        this.primary();
        this.extended();
      }
      at = this.text.slice(first.from, this.before.to);
    }
    if (expr.kind !== 'selector' && expr.kind !== 'subquery') {
      if (!this.metricsql)
        throw new Refused(
          `${isOffset ? 'offset' : '@'} modifier must be preceded by an instant vector selector or range vector selector or a subquery`,
          expr,
        );
      this.lax();
      return { ...expr, ...this.span(expr) };
    }
    if (isOffset && expr.offset) throw new Refused('offset may not be set multiple times', this.span(expr));
    if (!isOffset && expr.at !== undefined)
      throw new Refused('@ <timestamp> may not be set multiple times', this.span(expr));
    return { ...expr, ...this.span(expr), ...(offset && { offset }), ...(at !== undefined && { at }) };
  }

  private offset(): Duration {
    const first = this.token;
    const negative = this.is('-');
    if (negative || this.is('+')) this.next();
    const duration = this.durationOperand();
    const { seconds } = duration;
    return { ...duration, from: first.from, seconds: negative && seconds !== undefined ? -seconds : seconds };
  }

  /** `5m`, `$window`, and Prometheus' duration expressions: `5m + step()`. */
  private duration(weakest = 6): Duration {
    if (++this.depth > deepest) throw new Refused('nested too deeply to be read', this.token);
    let left = this.durationOperand();
    while (this.token.kind === 'operator' && (precedences[this.token.text] ?? 0) >= weakest) {
      const operator = this.next().text;
      const right = this.duration((precedences[operator] as number) + (operator === '^' ? 0 : 1));
      left = {
        from: left.from,
        to: right.to,
        seconds:
          left.seconds === undefined || right.seconds === undefined
            ? undefined
            : calculate(left.seconds, operator, right.seconds),
        variable: left.variable ?? right.variable,
      };
    }
    this.depth--;
    return left;
  }

  private durationOperand(): Duration {
    const token = this.next();
    const span = { from: token.from, to: token.to };
    const { variable } = token;
    if (token.kind === 'number') {
      if (token.extended && /[.i]/i.test(token.text)) this.extended();
      else if (token.extended) this.lax();
      return { ...span, seconds: token.value, variable };
    }
    if (token.kind === 'open') return { ...span, seconds: undefined, variable };
    if (token.kind === 'operator' && (token.text === '-' || token.text === '+')) {
      const inner = this.duration(power);
      const seconds = inner.seconds === undefined || token.text === '+' ? inner.seconds : -inner.seconds;
      return { ...inner, from: token.from, seconds };
    }
    if (token.kind === 'operator' && token.text === '(') {
      const inner = this.duration();
      this.need(')');
      return { ...inner, ...this.span(token) };
    }
    if (token.kind === 'name' && /^(step|range|min|max|min_of|max_of)$/i.test(token.text) && this.is('(')) {
      this.next();
      while (!this.take(')')) {
        this.duration();
        if (!this.is(')')) this.need(',');
      }
      return { ...this.span(token), seconds: undefined, variable: undefined };
    }
    throw this.unexpected(token);
  }

  private primary(): Expr {
    const { token } = this;
    if (this.is('(')) return this.parenthesised();
    if (this.is('{')) return this.selector(undefined);
    switch (token.kind) {
      case 'string': {
        this.next();
        const string: Expr = { kind: 'string', from: token.from, to: token.to, value: unquoted(token) };
        return string;
      }
      case 'number':
        this.next();
        if (token.extended) this.extended();
        return { kind: 'number', from: token.from, to: token.to, value: token.value };
      case 'open':
        return this.variable();
      case 'name':
        return this.named();
      default:
        throw this.unexpected();
    }
  }

  private parenthesised(): Expr {
    const first = this.need('(');
    if (this.metricsql && (this.is(')') || this.isUnion())) {
      const args = this.argumentsUntilBracket();
      this.extended();
      return { kind: 'call', ...this.span(first), name: 'union', nameSpan: { from: first.from, to: first.from }, args };
    }
    const inner = this.expression(0);
    this.need(')');
    return { kind: 'parenthesised', ...this.span(first), inner };
  }

  /** Whether a comma stands in the bracket that is open, outside those in it. */
  private isUnion(): boolean {
    let depth = 0;
    for (let at = this.index; at < this.tokens.length; at++) {
      const { kind, text } = this.tokens[at] as Token;
      if (kind !== 'operator') continue;
      if (text === ',' && depth === 0) return true;
      if (text === '(' || text === '{' || text === '[') depth++;
      if ((text === ')' || text === '}' || text === ']') && --depth < 0) return false;
    }
    return false;
  }

  private argumentsUntilBracket(): readonly Expr[] {
    const args: Expr[] = [];
    while (!this.take(')')) {
      args.push(this.expression(0));
      if (this.is(')')) continue;
      const comma = this.need(',');
      if (!this.is(')')) continue;
      if (!this.metricsql) throw new Refused('trailing commas not allowed in function call args', comma);
      this.lax();
    }
    return args;
  }

  /** A variable of unknown value where an operand stands. */
  private variable(): Expr {
    const token = this.token;
    const isAggregation =
      this.isWord('by', this.peek()) ||
      this.isWord('without', this.peek()) ||
      (this.is('(', this.peek()) && /^(by|without)$/i.test(this.afterBracket(this.index + 1)?.text ?? ''));
    if (isAggregation) return this.aggregation(this.next(), undefined);
    if (this.is('(', this.peek())) return this.call(this.next());
    this.next();
    const span = { from: token.from, to: token.to };
    if (this.is('{')) return this.selector({ ...token, kind: 'open' });
    const isNumber = /^\d/.test(token.text) || (isAmount(token.variable ?? '') && !this.is('['));
    if (isNumber) return this.number({ kind: 'number', ...span, value: undefined });
    const selector: Selector = {
      kind: 'selector',
      ...span,
      name: undefined,
      nameSpan: span,
      matchers: [],
      window: undefined,
    };
    if (this.is('[')) return selector;
    this.open.add(selector);
    if (/^(\$\w+|\$\{[^}]*\}|\[\[[^\]]*\]\])$/.test(token.text)) this.lone.add(selector);
    return selector;
  }

  private named(): Expr {
    const token = this.token;
    const word = token.text.toLowerCase();
    const follows = this.peek();
    const isAggregation =
      aggregations.has(word) ||
      (this.metricsql && aggregateFunctions.has(word) && !functions.has(word) && !rollupFunctions.has(word));
    if (isAggregation) {
      const starts = this.is('(', follows) || this.isWord('by', follows) || this.isWord('without', follows);
      const grouped = follows.kind === 'open' && this.is('(', this.peek(2));
      if (starts || grouped) {
        this.next();
        if (!aggregations.has(word)) this.extended();
        return this.aggregation(token, word);
      }
    }
    if (this.is('(', follows)) {
      this.next();
      if (this.metricsql && word === 'with') return this.template(token);
      return this.call(token);
    }
    if (word === 'inf' || word === 'nan') {
      this.next();
      return { kind: 'number', from: token.from, to: token.to, value: word === 'inf' ? Infinity : NaN };
    }
    if (reserved.has(word)) throw this.unexpected();
    this.next();
    return this.selector(token);
  }

  /** `WITH (a = x, f(y) = y + 1) f(a)` */
  private template(token: Token): Expr {
    this.need('(');
    this.extended();
    while (!this.take(')')) {
      const name = this.next();
      if (name.kind !== 'name') throw this.unexpected(name);
      this.defined.add(name.text);
      const parameters: string[] = [];
      if (this.take('('))
        while (!this.take(')')) {
          const parameter = this.next().text;
          if (!this.defined.has(parameter)) parameters.push(parameter);
          this.defined.add(parameter);
          if (!this.is(')')) this.need(',');
        }
      this.need('=');
      this.definitions.push(this.expression(0));
      for (const parameter of parameters) this.defined.delete(parameter);
      if (!this.is(')')) this.need(',');
    }
    const inner = this.expression(0);
    return { ...inner, from: token.from };
  }

  private call(name: Token): Expr {
    this.need('(');
    const nameSpan = { from: name.from, to: name.to };
    const args = [...this.argumentsUntilBracket()];
    const written = name.text;
    if (name.kind === 'open') {
      const call: Expr = { kind: 'call', ...this.span(name), name: written, nameSpan, args };
      this.open.add(call);
      return call;
    }
    const signature = functions.get(written);
    const inMetricsql =
      this.metricsql &&
      (transformFunctions.has(written.toLowerCase()) ||
        rollupFunctions.has(written.toLowerCase()) ||
        aggregateFunctions.has(written.toLowerCase()) ||
        this.defined.has(written));
    if (!signature && !inMetricsql) throw new Refused(`unknown function with name "${written}"`, nameSpan);
    if (!signature && !functions.has(written.toLowerCase())) this.extended();
    else if (!signature) this.lax();
    signature?.takes.forEach((type, index) => {
      const argument = args[index];
      if (argument && this.lone.has(argument) && type === 'scalar') args[index] = this.number(argument);
    });
    return { kind: 'call', ...this.span(name), name: written, nameSpan, args };
  }

  private aggregation(name: Token, word: string | undefined): Expr {
    const nameSpan = { from: name.from, to: name.to };
    let grouping = this.grouping();
    if (!grouping && this.token.kind === 'open') {
      const { from, to, text } = this.next();
      grouping = { mode: 'by', labels: [{ name: text, from, to, open: true }] };
      if (this.is('(') && this.is('(', this.afterBracket(this.index))) this.labels();
    }
    this.need('(');
    const args = [...this.argumentsUntilBracket()];
    grouping ??= this.grouping();
    if (this.metricsql && this.isWord('limit') && this.peek().kind === 'number') {
      this.next();
      this.next();
      this.extended();
    }
    const span = this.span(name);
    if (args.length === 0) throw new Refused('no arguments for aggregate expression provided', span);
    const parameterType = word === undefined ? undefined : aggregations.get(word);
    const wanted = parameterType === undefined ? 1 : 2;
    if (word !== undefined && aggregations.has(word) && args.length !== wanted) {
      if (!this.metricsql)
        throw new Refused(
          `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`,
          span,
        );
      this.lax();
    }
    const hasParameter = parameterType !== undefined || (word !== 'sum' && args.length === 2);
    let parameter = hasParameter && args.length > 1 ? args[0] : undefined;
    if (parameter && this.lone.has(parameter)) parameter = this.number(parameter);
    const rest = parameter ? args.slice(1) : args;
    const first = rest[0] as Expr;
    const inner: Expr =
      rest.length === 1
        ? first
        : {
            kind: 'call',
            from: first.from,
            to: (rest.at(-1) as Expr).to,
            name: 'union',
            nameSpan: { from: first.from, to: first.from },
            args: rest,
          };
    const aggregation: Expr = {
      kind: 'aggregation',
      ...span,
      name: word ?? name.text,
      nameSpan,
      grouping,
      parameter,
      inner,
    };
    if (word === undefined) this.open.add(aggregation);
    return aggregation;
  }

  private grouping(): { mode: 'by' | 'without'; labels: readonly LabelName[] } | undefined {
    if (!this.isWord('by') && !this.isWord('without')) return undefined;
    const mode = this.next().text.toLowerCase() as 'by' | 'without';
    if (this.token.kind === 'open' && !this.is('(', this.peek())) throw this.unexpected();
    if (this.token.kind === 'open') {
      // `by ($labels)` with the brackets in the variable.
      const { from, to, text } = this.next();
      return { mode, labels: [{ name: text, from, to, open: true }] };
    }
    return { mode, labels: this.labels() };
  }

  /** `metric{...}`, the name read already. */
  private selector(metric: Token | undefined): Selector {
    const first = metric ?? this.token;
    let name = metric?.kind === 'name' ? metric.text : undefined;
    let nameSpan: Span | undefined = metric && { from: metric.from, to: metric.to };
    if (metric && this.defined.has(metric.text)) name = undefined;
    if (metric && this.metricsql && /[.\\]/.test(metric.text)) {
      name = metric.text.replace(/\\(.)/g, '$1');
      this.extended();
    }
    const matchers: Matcher[] = [];
    if (this.take('{')) {
      const groups: Matcher[][] = [[]];
      while (!this.take('}')) {
        const token = this.token;
        const isName = token.kind === 'string' && !this.isMatchOperator(this.peek());
        if (isName) {
          this.next();
          if (metric) throw this.twice(first, metric.text, unquoted(token));
          ({ name, nameSpan } = this.quotedName(token));
        } else if (this.metricsql && this.isWord('or') && !this.isMatchOperator(this.peek())) {
          this.next();
          this.extended();
          groups.push([]);
          continue;
        } else {
          const matcher = this.matcher();
          const isMetric = matcher.label === '__name__' && matcher.operator === '=' && nameSpan === undefined;
          if (matcher.label === '__name__' && metric) throw this.twice(first, metric.text, matcher.value);
          const literal = isMetric ? this.literal(matcher.value) : undefined;
          if (literal !== undefined) {
            name = literal;
            nameSpan = matcher.valueSpan;
          } else (groups.at(-1) as Matcher[]).push(matcher);
        }
        const glued = this.before.kind === 'open' || this.token.kind === 'open';
        if (this.take(',') || this.is('}') || glued) continue;
        if (!(this.metricsql && this.isWord('or'))) throw this.unexpected();
      }
      matchers.push(...together(groups));
    }
    const selector: Selector = { kind: 'selector', ...this.span(first), name, nameSpan, matchers, window: undefined };
    if (metric && this.defined.has(metric.text)) this.open.add(selector);
    return selector;
  }

  private twice(at: Span, name: string, other: string): Refused {
    return new Refused(`metric name must not be set twice: "${name}" or "${other}"`, this.span(at));
  }

  private quotedName(token: Token): { name: string | undefined; nameSpan: Span } {
    return { name: this.literal(unquoted(token)), nameSpan: { from: token.from, to: token.to } };
  }

  /** A name with the values of its variables; undefined where one has none. */
  private literal(name: string): string | undefined {
    const full = hasVariable(name) ? withValues(name, this.variables, this.choice) : name;
    return hasVariable(full) ? undefined : full;
  }

  private isMatchOperator(token: Token): boolean {
    return token.kind === 'operator' && /^(=|!=|=~|!~)$/.test(token.text);
  }

  private matcher(): Matcher {
    const label = this.next();
    const span = { from: label.from, to: label.to };
    const operatorNext =
      this.isMatchOperator(this.token) || (this.token.kind === 'open' && this.peek().kind === 'string');
    if (label.kind === 'open' && !operatorNext)
      return { label: label.text, operator: '=~', value: label.text, valueSpan: span, open: true, ...span };
    if (label.kind !== 'name' && label.kind !== 'open' && label.kind !== 'string') throw this.unexpected(label);
    if (!operatorNext && !(this.metricsql && this.defined.has(label.text))) throw this.unexpected();
    if (!operatorNext)
      return { label: label.text, operator: '=~', value: label.text, valueSpan: span, open: true, ...span };
    const operator = this.next();
    const value = this.next();
    const isDefined = this.metricsql && value.kind === 'name' && this.defined.has(value.text);
    if (value.kind !== 'string' && value.kind !== 'open' && !isDefined) throw this.unexpected(value);
    while (this.metricsql && this.is('+')) {
      this.next();
      this.next();
      this.extended();
    }
    return {
      label: label.kind === 'string' ? unquoted(label) : label.text,
      operator: (this.isMatchOperator(operator) ? operator.text : '=~') as MatchOperator,
      value: value.kind === 'string' ? unquoted(value) : value.text,
      valueSpan: { from: value.from, to: value.to },
      open: value.kind !== 'string' || operator.kind === 'open' || label.kind === 'open' || hasVariable(value.text),
      from: label.from,
      to: this.before.to,
    };
  }
}

/** Matchers that hold whichever side of an `or` does; those of one side alone may as well not. */
const together = (groups: readonly (readonly Matcher[])[]): readonly Matcher[] => {
  const [first = [], ...others] = groups;
  if (others.length === 0) return first;
  const text = (matcher: Matcher): string => `${matcher.label}${matcher.operator}${matcher.value}`;
  const everywhere = new Set(
    first.map(text).filter((wanted) => others.every((group) => group.some((matcher) => text(matcher) === wanted))),
  );
  return [
    ...first.map((matcher) => (everywhere.has(text(matcher)) ? matcher : { ...matcher, open: true })),
    ...others.flatMap((group) =>
      group.filter((matcher) => !everywhere.has(text(matcher))).map((matcher) => ({ ...matcher, open: true })),
    ),
  ];
};

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

/**
 * What a string says, as Go's `strconv.Unquote` reads it.
 *
 * @throws Refused on an escape that it refuses
 */
const unquoted = (token: Token): string => {
  const inner = token.text.slice(1, -1);
  if (token.text.startsWith('`') || !inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|([^]))/g,
    (whole: string, x?: string, u?: string, long?: string, octal?: string, single?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      const hex = x ?? u ?? long;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        if (code <= 0x10ffff) return String.fromCodePoint(code);
      }
      if (single !== undefined && single in escapes) return escapes[single] as string;
      if (single !== undefined && /["'\\]/.test(single)) return single;
      throw new Refused(`unknown escape sequence \`${whole}\` in a string`, token);
    },
  );
};
