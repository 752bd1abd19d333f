/** An error made for the reader: a message of what failed, where, and what to do; no stack is shown. */
export interface ReaderError extends Error {
  format(): string;
}

const isReaderError = (error: unknown): error is ReaderError =>
  error instanceof Error && 'format' in error && typeof error.format === 'function';

/** What to print of an error: errors made for the reader as they are, others with their message, and the stack when `DEBUG` asks. */
export const explain = (error: unknown): string => {
  if (isReaderError(error)) return withNewline(error.format());
  if (!(error instanceof Error)) return `error: ${String(error)}\n`;
  const stack = process.env['DEBUG'] ? `${error.stack}\n` : '';
  const code = 'code' in error && typeof error.code === 'string' ? fileProblems[error.code] : undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : '';
  return code ? `error: ${code} ${path}\n${stack}` : `error: ${error.message}\n${stack}`;
};

/** 2: could not run. The commands say 1, 3 and 4 by themselves. */
export const exitCode = (error: unknown): number =>
  error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : 2;

const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

const fileProblems: Readonly<Record<string, string>> = {
  ENOSPC: 'no room left on the disk for',
  EACCES: 'not allowed to open',
  EROFS: 'the file system is read-only:',
  ENOENT: 'there is no',
  EISDIR: 'a folder stands where a file belongs:',
  ENOTDIR: 'a file stands where a folder belongs:',
};
