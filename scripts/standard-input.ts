/** What `-` is called inside: yargs loses a `-` among paths. */
export const standardInput = '<stdin>';

/**
 * The words of a command line as yargs reads them: `-` of `lint` is {@link standardInput}, and what stands behind `--`, which yargs would
 * leave out of the paths, is a path.
 */
export const namingStandardInput = (words: readonly string[]): readonly string[] => {
  if (words[0] !== 'lint') return words;
  const end = words.indexOf('--');
  const paths = end === -1 ? [] : words.slice(end + 1);
  const before = end === -1 ? words : words.slice(0, end);
  return [...before, ...paths.map((path) => (/^-./.test(path) ? `./${path}` : path))].map((word) =>
    word === '-' ? standardInput : word,
  );
};
