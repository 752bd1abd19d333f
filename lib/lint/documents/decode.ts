import type { Problem } from './source';

/** Text of a file's bytes: UTF-8 or UTF-16, without the mark at its beginning; a problem for what is no text. */
export const decode = (file: string, content: string | Uint8Array): string | Problem => {
  const text = typeof content === 'string' ? content : textOf(content);
  if (text === undefined || text.includes('\0')) return { file, message: 'this is no text' };
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
};

const textOf = (bytes: Uint8Array): string | undefined => {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  try {
    return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
