import { readFileSync } from 'node:fs';
import { serverAddress } from '../server/address';
import { authenticationFromEnv, type Environment } from '../server/authentication';
import { Connection } from '../server/connection';
import { CatalogFileError } from './errors';
import { PageError, parsePage, type PageMetric } from './page';

/** A metrics page, and where it came from. */
export interface ReadPage {
  readonly page: readonly PageMetric[];
  /** `the metrics page at http://nas:9100/metrics`. */
  readonly how: string;
  /** Null for a file. */
  readonly port: number | null;
  /** Empty for a file. */
  readonly path: string;
}

export const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

/**
 * Reads a metrics page from a file or an address; there with the `EXPORTER_…` variables, and asking for OpenMetrics first. Throws
 * `CatalogFileError` with the line that cannot be read, and what `Connection` throws.
 */
export const readPage = async (from: string, environment: Environment): Promise<ReadPage> => {
  if (!isAddress(from)) return { page: parse(readFile(from), from), how: nameFile(from), port: null, path: '' };
  const url = new URL(serverAddress(from, '--metrics', '--metrics http://localhost:9100/metrics'));
  const connection = new Connection(url.origin, 'exporter', authenticationFromEnv('EXPORTER', environment));
  // An exporter of several targets is told by the query which one.
  const query = Object.fromEntries(new URL(from).searchParams);
  const path = url.pathname === '/' && !/\/$/.test(from) ? '/metrics' : url.pathname;
  const answer = await connection.get(path, query, accept);
  if (answer.status !== 200) throw connection.refused(path, answer);
  const how = `the metrics page at ${url.origin}${path}`;
  return {
    page: parse(answer.text, from),
    how: how.length > 120 ? `the metrics page at ${url.host}` : how,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    path,
  };
};

/** As Prometheus asks: formats that say most of a metric first. */
const accept =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

const nameFile = (file: string): string => `the metrics page in ${file.replace(/^.*\//, '').slice(0, 90)}`;

const parse = (text: string, from: string): readonly PageMetric[] => {
  if (/^\s*<(!doctype|html)/i.test(text))
    throw new CatalogFileError(
      from,
      ['it is a web page, not a metrics page'],
      'give the address with its path, mostly /metrics',
    );
  try {
    const page = parsePage(text);
    if (page.length > 0) return page;
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    throw new CatalogFileError(
      `${from}:${error.line}`,
      error.message.split('\n').map((line) => line.trim()),
      'correct that line, or report it to the exporter: Prometheus drops the whole page for it',
    );
  }
  throw new CatalogFileError(from, ['it shows no metric'], 'see whether the exporter reaches what it exports');
};

const readFile = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CatalogFileError(
      file,
      [code === 'ENOENT' ? 'there is no such file' : `it cannot be read: ${code}`],
      'give a file, or an address that begins with http://',
    );
  }
};
