/** A Go template as alert rules have them, as far as rules ask: what it uses, and the first thing wrong with it. */
export interface GoTemplate {
  readonly error: string | undefined;
  /** Labels read by `$labels.x` and its like, outside of blocks that change what `.` is. */
  readonly labels: readonly string[];
  /** Grafana: refIds read by `$values.A`. */
  readonly values: readonly string[];
  /** Whether it shows the value of the alert. */
  readonly value: boolean;
  /** Functions called, with the text of their action. */
  readonly calls: readonly { readonly name: string; readonly action: string }[];
  /** In a rule file: functions and variables that vmalert has and Prometheus has not. */
  readonly vmalert: readonly string[];
}

export type TemplateEngine = 'prometheus' | 'grafana';

/** Go's own (`text/template/funcs.go`). */
const builtIn =
  'and or not len index slice print printf println html js urlquery call eq ne lt le gt ge true false nil break continue';
/** `template/template.go` of Prometheus 3.9. */
const ofPrometheus =
  'query first label value strvalue args reReplaceAll safeHtml match title toUpper toLower graphLink tableLink sortByLabel ' +
  'stripPort stripDomain humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp toTime toDuration now ' +
  'pathPrefix externalURL parseDuration urlQueryEscape tmpl';
/** `pkg/services/ngalert/state/template/funcs.go` of Grafana 12.3, beside those of Prometheus. */
const ofGrafana = 'filterLabels filterLabelsRe removeLabels removeLabelsRe tableLink graphLink mergeLabelValues';

const functions: Readonly<Record<TemplateEngine, ReadonlySet<string>>> = {
  prometheus: new Set(`${builtIn} ${ofPrometheus}`.split(' ')),
  grafana: new Set(`${builtIn} ${ofPrometheus} ${ofGrafana}`.split(' ')),
};

/** `docs/victoriametrics/vmalert.md`: rule files are read by vmalert, too, and do not say by whom. */
const ofVmalert = new Set(
  (
    'crlfEscape formatTime htmlEscape isPrivateIP jsonEscape parseDurationTime pathEscape queryEscape quotesEscape sprig ' +
    '$expr $for $alertID $groupID $activeAt $type $isPartial'
  ).split(' '),
);

const fields: Readonly<Record<TemplateEngine, ReadonlySet<string>>> = {
  prometheus: new Set(['Labels', 'ExternalLabels', 'ExternalURL', 'Value']),
  grafana: new Set(['Labels', 'Values', 'Value']),
};

const variables: Readonly<Record<TemplateEngine, readonly string[]>> = {
  prometheus: ['$', '$labels', '$externalLabels', '$externalURL', '$value'],
  grafana: ['$', '$labels', '$values', '$value'],
};

class Wrong extends Error {}

/** Reads a template; what is wrong is said in `error`, as Go would refuse it. */
export const readTemplate = (text: string, engine: TemplateEngine): GoTemplate => {
  const reader = new Reader(engine);
  try {
    reader.read(text);
    return { ...reader.found(), error: undefined };
  } catch (error) {
    if (error instanceof Wrong) return { ...reader.found(), error: error.message };
    throw error;
  }
};

const opening = new Set(['if', 'with', 'range', 'block', 'define']);

class Reader {
  private readonly labels = new Set<string>();
  private readonly values = new Set<string>();
  private readonly calls: { name: string; action: string }[] = [];
  private readonly declared: Set<string>;
  /** Blocks that are open, innermost last. */
  private readonly blocks: string[] = [];
  private readonly vmalert = new Set<string>();
  private value = false;

  constructor(private readonly engine: TemplateEngine) {
    this.declared = new Set(variables[engine]);
  }

  found(): Omit<GoTemplate, 'error'> {
    return {
      labels: [...this.labels],
      values: [...this.values],
      value: this.value,
      calls: this.calls,
      vmalert: [...this.vmalert],
    };
  }

  read(text: string): void {
    let from = 0;
    for (;;) {
      const start = text.indexOf('{{', from);
      if (start === -1) break;
      if (/^\{\{(?:- )?\s*\/\*/.test(text.slice(start, start + 8))) {
        const end = text.indexOf('*/', start);
        const close = end === -1 ? -1 : text.indexOf('}}', end);
        if (close === -1) throw new Wrong('a comment is not closed');
        from = close + 2;
        continue;
      }
      const end = endOfAction(text, start + 2);
      this.action(
        text
          .slice(start + 2, end)
          .replace(/^-(?=\s)/, '')
          .replace(/\s-$/, ''),
      );
      from = end + 2;
    }
    const open = this.blocks.at(-1);
    if (open) throw new Wrong(`\`{{ ${open} }}\` has no \`{{ end }}\``);
  }

  private action(text: string): void {
    const tokens = tokensOf(text.trim());
    const [first] = tokens;
    if (!first) throw new Wrong('`{{ }}` is empty');
    const keyword = first.kind === 'word' ? first.text : '';
    if (keyword === 'end') {
      if (!this.blocks.pop()) throw new Wrong('`{{ end }}` ends nothing');
      return;
    }
    if (keyword === 'else') {
      if (this.blocks.length === 0) throw new Wrong('`{{ else }}` stands outside of `{{ if }}`');
      const next = tokens[1];
      if (!next) return;
      if (next.kind !== 'word' || !['if', 'with'].includes(next.text))
        throw new Wrong(`\`${text.trim()}\`: what follows \`else\`?`);
      this.pipeline(tokens.slice(2), text);
      return;
    }
    if (keyword === 'template') {
      this.pipeline(tokens.slice(2), text);
      return;
    }
    if (opening.has(keyword)) {
      if (tokens.length === 1) throw new Wrong(`\`{{ ${keyword} }}\` has nothing to look at`);
      this.pipeline(keyword === 'block' || keyword === 'define' ? tokens.slice(2) : tokens.slice(1), text);
      this.blocks.push(keyword);
      return;
    }
    if (keyword === 'break' || keyword === 'continue') {
      if (!this.blocks.includes('range')) throw new Wrong(`\`{{ ${keyword} }}\` stands outside of \`{{ range }}\``);
      return;
    }
    this.pipeline(tokens, text);
  }

  /** Whether `.` is still what the alert gives. */
  private get atTop(): boolean {
    return !this.blocks.some((block) => block !== 'if');
  }

  private pipeline(tokens: readonly Token[], action: string): void {
    let depth = 0;
    const assigned = tokens.findIndex(({ text }) => text === ':=' || text === '=');
    for (const token of tokens.slice(0, Math.max(assigned, 0))) {
      if (token.kind === 'variable') this.declared.add(token.text);
    }
    const sign = tokens[0]?.kind === 'sign' && tokens[0].text !== '(' ? tokens[0].text : undefined;
    if (sign) throw new Wrong(`unexpected \`${sign}\` in \`${action.trim()}\``);
    if (assigned > 0 && tokens[assigned - 1]?.kind !== 'variable')
      throw new Wrong(`\`${action.trim()}\`: only a variable can be set`);
    tokens.forEach((token, index) => {
      if (token.text === '(' && token.kind === 'sign') depth++;
      if (token.text === ')' && token.kind === 'sign' && --depth < 0)
        throw new Wrong(`\`${action.trim()}\`: \`)\` without \`(\``);
      if (token.kind === 'word') this.word(token.text, tokens[index + 1], tokens[index + 2], action);
      if (token.kind === 'variable') this.variable(token);
      if (token.kind === 'field' && this.atTop) this.field(token.path);
      if (token.text === '|' && index === tokens.length - 1)
        throw new Wrong(`\`${action.trim()}\`: nothing follows \`|\``);
    });
    if (depth > 0) throw new Wrong(`\`${action.trim()}\`: \`(\` is not closed`);
  }

  private word(name: string, next: Token | undefined, key: Token | undefined, action: string): void {
    if (opening.has(name) || name === 'else' || name === 'end')
      throw new Wrong(`unexpected \`${name}\` in \`${action.trim()}\``);
    if (this.isVmalert(name)) return;
    if (!functions[this.engine].has(name)) throw new Wrong(`function \`${name}\` is not defined`);
    this.calls.push({ name, action: action.trim() });
    if (name !== 'index' || key?.kind !== 'string') return;
    const of = next?.kind === 'variable' ? next.text : next?.kind === 'field' && this.atTop ? `.${next.path[0]}` : '';
    if (of === '$labels' || of === '.Labels') this.labels.add(key.text);
    if (of === '$values' || of === '.Values') this.values.add(key.text);
  }

  private isVmalert(name: string): boolean {
    if (this.engine !== 'prometheus' || !ofVmalert.has(name) || this.declared.has(name)) return false;
    this.vmalert.add(name);
    return true;
  }

  private variable({ text, path }: Token): void {
    if (this.isVmalert(text)) return;
    if (!this.declared.has(text)) throw new Wrong(`variable \`${text}\` is not defined`);
    const [first] = path;
    if (text === '$') return path.length > 0 ? this.field(path) : undefined;
    if (text === '$labels' && first) this.labels.add(first);
    if (text === '$values' && first) this.values.add(first);
    if (text === '$value') this.value = true;
    if (text === '$values') this.value = true;
  }

  private field(path: readonly string[]): void {
    const [first, second] = path;
    if (!first) return;
    if (!fields[this.engine].has(first))
      throw new Wrong(`\`.${first}\` is not there: an alert gives ${listed(fields[this.engine])}`);
    if (first === 'Labels' && second) this.labels.add(second);
    if (first === 'Values' && second) this.values.add(second);
    if (first === 'Value' || first === 'Values') this.value = true;
  }
}

const listed = (names: ReadonlySet<string>): string => [...names].map((name) => `\`.${name}\``).join(', ');

/** The offset of the `}}` that ends an action; quoted ones are passed over. */
const endOfAction = (text: string, from: number): number => {
  let quote = '';
  for (let index = from; index < text.length; index++) {
    const character = text[index] as string;
    if (quote) {
      if (character === '\\' && quote !== '`') index++;
      else if (character === quote) quote = '';
      else if (character === '\n' && quote !== '`') throw new Wrong('a text in quotes is not closed');
    } else if (character === '"' || character === '`' || character === "'") quote = character;
    else if (text.startsWith('}}', index)) return index;
    else if (text.startsWith('{{', index)) throw new Wrong('`{{` inside of `{{`: a `}}` is missing');
  }
  throw new Wrong(quote ? 'a text in quotes is not closed' : '`{{` is not closed');
};

interface Token {
  readonly kind: 'word' | 'variable' | 'field' | 'string' | 'number' | 'sign';
  /** Of a string: unquoted. */
  readonly text: string;
  readonly path: readonly string[];
}

const pattern =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|\$\w*(?:\.\w+)*|(?:\.[\p{L}_]\w*)+|\.(?![\w.])|[+-]?(?:0[xX][0-9a-fA-F_]+|\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?i?)|[\p{L}_]\w*|:=|[=|(),]/uy;

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (!found) throw new Wrong(`unexpected \`${text.slice(at).split(/\s/)[0]}\` in \`${text}\``);
    at += found.length;
    if (found.trim() === '') continue;
    tokens.push(tokenOf(found));
    // After a name or a field comes a space, a sign or the end: `$labels.a-b` is refused.
    const next = text[at];
    if (/[\w)]$/.test(found) && next !== undefined && !/[\s.,|:=()]/.test(next)) {
      throw new Wrong(`unexpected \`${next}\` after \`${found}\``);
    }
  }
  return tokens;
};

const tokenOf = (text: string): Token => {
  const first = text[0] as string;
  if (first === '"') return { kind: 'string', text: unquoted(text), path: [] };
  if (first === '`' || first === "'") return { kind: 'string', text: text.slice(1, -1), path: [] };
  if (first === '$') {
    const [name, ...path] = text.split('.');
    return { kind: 'variable', text: name as string, path };
  }
  if (first === '.') return { kind: 'field', text, path: text.split('.').filter((part) => part !== '') };
  if (/[\d+-]/.test(first)) return { kind: 'number', text, path: [] };
  return { kind: /^[\p{L}_]/u.test(first) ? 'word' : 'sign', text, path: [] };
};

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1');
