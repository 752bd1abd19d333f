/** What a test reads back from Alloy's language: strings, lists, objects, and names of other components. */
export type Read = string | { readonly name: string } | readonly Read[] | { readonly fields: ReadFields };
export type ReadFields = Readonly<Record<string, Read>>;

export interface ReadBlock {
  readonly name: string;
  readonly label: string | null;
  readonly attributes: ReadFields;
  readonly blocks: readonly ReadBlock[];
}

/** Blocks of a configuration, read without knowing how it was written. Throws where it is no Alloy. */
export const readAlloy = (text: string): readonly ReadBlock[] => {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): string | undefined => tokens[at];
  const take = (wanted?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(`expected ${wanted ?? 'more'}, found ${token ?? 'the end'} (token ${at})`);
    return token;
  };
  const isText = (token: string | undefined): boolean => token?.startsWith('"') ?? false;

  const value = (): Read => {
    if (peek() === '[') return listed();
    if (peek() === '{') return { fields: fields() };
    if (isText(peek())) return JSON.parse(take()) as string;
    let name = take();
    if (peek() === '(') name += take() + take() + take(')');
    return { name };
  };
  const listed = (): readonly Read[] => {
    const items: Read[] = [];
    take('[');
    while (peek() !== ']') {
      items.push(value());
      if (peek() !== ']') take(',');
    }
    take(']');
    return items;
  };
  const fields = (): ReadFields => {
    const read: Record<string, Read> = {};
    take('{');
    while (peek() !== '}') {
      const key = take();
      take('=');
      read[isText(key) ? (JSON.parse(key) as string) : key] = value();
      if (peek() !== '}') take(',');
    }
    take('}');
    return read;
  };
  const body = (end: string | undefined): Pick<ReadBlock, 'attributes' | 'blocks'> => {
    const attributes: Record<string, Read> = {};
    const blocks: ReadBlock[] = [];
    while (peek() !== end) {
      const name = take();
      if (peek() === '=') {
        take('=');
        if (name in attributes) throw new Error(`${name} is there twice`);
        attributes[name] = value();
        continue;
      }
      const label = isText(peek()) ? (JSON.parse(take()) as string) : null;
      if (label !== null && !/^[A-Za-z_]\w*$/.test(label)) throw new Error(`${label} is no label of a component`);
      take('{');
      blocks.push({ name, label, ...body('}') });
      take('}');
    }
    return { attributes, blocks };
  };
  return body(undefined).blocks;
};

const tokensOf = (text: string): readonly string[] => {
  const tokens: string[] = [];
  const one = /\s+|\/\/[^\n]*|("(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w.]*|[={}[\](),])/y;
  while (one.lastIndex < text.length) {
    const from = one.lastIndex;
    const found = one.exec(text);
    if (!found) throw new Error(`no Alloy: ${JSON.stringify(text.slice(from, from + 20))}`);
    if (found[1] !== undefined) tokens.push(found[1]);
  }
  return tokens;
};
