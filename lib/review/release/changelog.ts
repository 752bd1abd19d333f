const unreleased = '## Unreleased';
const begin = '<!-- Made by `npm run snapshot -- --examples` up to the next mark: write above it. -->';
const end = '<!-- end of what is made -->';

/** The changelog with the list below `## Unreleased` made again; what a person wrote above and below the marks stays as it is. */
export const withNotes = (changelog: string, notes: string): string => {
  const { before, section, after } = split(changelog);
  const own = ownWords(section);
  const made = `${begin}\n\n${notes.trim()}\n\n${end}`;
  return `${before}${unreleased}\n\n${[...(own ? [own] : []), made].join('\n\n')}\n${after ? `\n${after}` : ''}`;
};

/** The changelog once what is unreleased is released: its section has the version's name, and a new one is empty. */
export const withRelease = (changelog: string, version: string, notes: string): string => {
  const { before, section, after } = split(changelog);
  const own = ownWords(section);
  const released = `## ${version}\n\n${[...(own ? [own] : []), notes.trim()].join('\n\n')}\n`;
  return withNotes(
    `${before}${unreleased}\n\n${released}${after ? `\n${after}` : ''}`,
    'No board and no alert changes.',
  );
};

interface Parts {
  readonly before: string;
  /** Below the heading. */
  readonly section: string;
  /** From the next heading of a release on. */
  readonly after: string;
}

/** A changelog without the section gets it above the releases. */
const split = (changelog: string): Parts => {
  const lines = changelog.split('\n');
  const isHeading = (line: string): boolean => line.startsWith('## ');
  const start = lines.indexOf(unreleased);
  const first = lines.findIndex(isHeading);
  const top = start >= 0 ? start : first >= 0 ? first : lines.length;
  const body = start >= 0 ? lines.slice(start + 1) : lines.slice(top);
  const next = start >= 0 ? body.findIndex(isHeading) : 0;
  const [section, after] = next >= 0 ? [body.slice(0, next), body.slice(next)] : [body, []];
  const head = lines.slice(0, top).join('\n').trimEnd();
  return { before: head ? `${head}\n\n` : '', section: section.join('\n'), after: after.join('\n') };
};

/** The section without what was made. An end that is missing takes everything that follows for made. */
const ownWords = (section: string): string => {
  const from = section.indexOf(begin);
  if (from < 0) return section.trim();
  const to = section.indexOf(end, from);
  const below = to < 0 ? '' : section.slice(to + end.length);
  return [section.slice(0, from).trim(), below.trim()].filter((text) => text !== '').join('\n\n');
};
