/** What a reviewer reads: a heading with a few lines, then a block for each thing that can come, go or change by itself. */
export interface Outline {
  /** Short name, which files and other outlines use: `host-use`. */
  readonly name: string;
  readonly head: readonly string[];
  readonly blocks: readonly Block[];
}

export interface Block {
  /** What stays when its words change. */
  readonly key: string;
  readonly lines: readonly string[];
}

/** Where a file comes from, as its first line. */
export const generated = '<!-- Made by `npm run snapshot`: change what it describes, not this page. -->';

/** The outline as Markdown. */
export const printOutline = ({ head, blocks }: Outline): string =>
  `${[generated, '', ...head, ...blocks.flatMap(({ lines }) => ['', ...lines])].join('\n')}\n`;

/** A text in the font of code, whatever it holds. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

/** Lines of code in a fence. */
export const fenced = (language: string, lines: readonly string[]): readonly string[] => [
  `\`\`\`${language}`,
  ...lines.flatMap((line) => line.split('\n')),
  '```',
];
