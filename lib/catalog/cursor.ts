/** Says what is wrong with the line, and ends its reading. */
export type Fail = (why: string) => never;

export const nameCharacter = /[a-zA-Z0-9_:]/;
export const labelCharacter = /[a-zA-Z0-9_]/;
export const valueCharacter = /[^\s#]/;

/** Reads one line of a metrics page from left to right. */
export class Cursor {
  private position = 0;

  constructor(
    private readonly text: string,
    readonly fail: Fail,
  ) {}

  done(): boolean {
    return this.position >= this.text.length;
  }

  at(character: string): boolean {
    return this.text[this.position] === character;
  }

  skip(character: string): boolean {
    if (!this.at(character)) return false;
    this.position += 1;
    return true;
  }

  expect(character: string, what: string): void {
    if (!this.skip(character)) this.fail(`expected ${what}`);
  }

  spaces(): void {
    while (this.at(' ') || this.at('\t')) this.position += 1;
  }

  rest(): string {
    return this.text.slice(this.position);
  }

  word(characters: RegExp, what: string): string {
    const start = this.position;
    while (!this.done() && characters.test(this.text[this.position] ?? '')) this.position += 1;
    const word = this.text.slice(start, this.position);
    if (word === '' || (characters !== valueCharacter && /^\d/.test(word))) this.fail(`expected ${what}`);
    return word;
  }

  quoted(): string {
    this.expect('"', 'a quoted value');
    let value = '';
    while (!this.done()) {
      if (this.skip('"')) return value;
      if (this.skip('\\')) {
        const escaped = this.text[this.position];
        value += escaped === 'n' ? '\n' : escaped === '"' || escaped === '\\' ? escaped : `\\${escaped ?? ''}`;
      } else value += this.text[this.position];
      this.position += 1;
    }
    return this.fail('a quoted value has no end');
  }
}
