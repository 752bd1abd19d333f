import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ServerConfigError } from './errors';

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the variables of a server begin with: `PROMETHEUS_TOKEN`. */
export type SettingsPrefix = 'PROMETHEUS' | 'LOKI' | 'TEMPO' | 'GRAFANA' | 'RULER' | 'EXPORTER';

/** How we show who we are to one server. */
export interface Authentication {
  readonly prefix: SettingsPrefix;
  readonly headers: Readonly<Record<string, string>>;
  /** PEM texts. */
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** Whom a refusal is about: `the token`, `the user nas`, `a request without credentials`. */
  readonly who: string;
  /** Texts that must never be shown, in every spelling in which a server could say them back. */
  readonly secrets: readonly string[];
}

/**
 * Reads `<PREFIX>_TOKEN`, `_USER` with `_PASSWORD`, `_HEADER` (`Name: value`), `_TENANT` (sent as `X-Scope-OrgID`), `_CA_FILE`,
 * `_CLIENT_CERT` with `_CLIENT_KEY` (files). `_TOKEN_FILE`, `_PASSWORD_FILE` and `_HEADER_FILE` name files that hold the secret.
 * Throws `ServerConfigError` when they contradict each other or a file cannot be read.
 */
export const authenticationFromEnv = (prefix: SettingsPrefix, environment: Environment): Authentication => {
  const token = secret(prefix, 'TOKEN', environment);
  const password = secret(prefix, 'PASSWORD', environment);
  const header = secret(prefix, 'HEADER', environment);
  const user = environment[`${prefix}_USER`] || undefined;
  const tenant = environment[`${prefix}_TENANT`] || undefined;
  if (user && password === undefined && !token)
    throw new ServerConfigError(
      `${prefix}_USER is set, and no password`,
      `neither ${prefix}_PASSWORD nor ${prefix}_PASSWORD_FILE is set`,
      `set ${prefix}_PASSWORD, or unset ${prefix}_USER`,
    );

  const basic = user && password !== undefined ? Buffer.from(`${user}:${password}`).toString('base64') : undefined;
  const named = header === undefined ? undefined : parseHeader(prefix, header);
  const headers = {
    ...(token ? { Authorization: `Bearer ${token}` } : basic ? { Authorization: `Basic ${basic}` } : {}),
    ...(tenant && { 'X-Scope-OrgID': tenant }),
    ...named,
  };
  for (const [name, value] of Object.entries(headers))
    // Node's own complaint about such a value shows the value.
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw new ServerConfigError(
        `the ${name} header cannot be sent`,
        'its value holds a line break or another character that headers may not have',
        `look at the ${prefix}_… variables: a secret in a file ends with its line`,
      );
  return {
    prefix,
    headers,
    tls: tlsFiles(prefix, environment),
    who: token
      ? 'the token'
      : basic
        ? `the user ${user}`
        : named
          ? `the header ${Object.keys(named).join()}`
          : 'a request without credentials',
    secrets: [token, password, basic, header, ...Object.values(named ?? {})].filter(
      (text): text is string => text !== undefined && text.length > 0,
    ),
  };
};

/** A text of a server without our secrets in it. */
export const withoutSecrets = (text: string, { secrets }: Pick<Authentication, 'secrets'>): string =>
  [...secrets]
    .sort((a, b) => b.length - a.length)
    .flatMap((each) => [each, encodeURIComponent(each)])
    .reduce((rest, each) => rest.split(each).join('…'), text);

const secret = (prefix: string, name: string, environment: Environment): string | undefined => {
  const variable = `${prefix}_${name}`;
  const file = environment[`${variable}_FILE`];
  const given = environment[variable] || undefined;
  if (!file) return given;
  if (given)
    throw new ServerConfigError(
      `${variable} and ${variable}_FILE are both set`,
      'only one of them can be meant',
      `unset ${variable}, or ${variable}_FILE`,
    );
  const text = readText(`${variable}_FILE`, file).trim();
  if (text === '')
    throw new ServerConfigError(`${variable}_FILE holds nothing`, `${file} is empty`, 'write the secret into it');
  return text;
};

const parseHeader = (prefix: string, text: string): Readonly<Record<string, string>> => {
  const [, name, value] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):\s*(\S.*)$/.exec(text.trim()) ?? [];
  if (name && value) return { [name]: value };
  throw new ServerConfigError(
    `${prefix}_HEADER is no header`,
    'it must be a name, a colon and a value',
    `${prefix}_HEADER='X-Auth-Key: …'`,
  );
};

const tlsFiles = (prefix: string, environment: Environment): Authentication['tls'] => {
  const file = (name: string): string | undefined => {
    const path = environment[`${prefix}_${name}`];
    return path ? readText(`${prefix}_${name}`, path) : undefined;
  };
  const ca = file('CA_FILE');
  const cert = file('CLIENT_CERT');
  const key = file('CLIENT_KEY');
  if ((cert === undefined) !== (key === undefined))
    throw new ServerConfigError(
      `${prefix}_CLIENT_CERT and ${prefix}_CLIENT_KEY belong together`,
      `${prefix}_CLIENT_${cert === undefined ? 'CERT' : 'KEY'} is not set`,
      'name the files of both',
    );
  const tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new ServerConfigError(
      `a certificate or key of the ${prefix}_… variables cannot be used`,
      `${(error as NodeJS.ErrnoException).code ?? 'it is no PEM'}; they must be PEM files, the key without a passphrase`,
      `look at ${prefix}_CA_FILE, ${prefix}_CLIENT_CERT and ${prefix}_CLIENT_KEY`,
    );
  }
  return tls;
};

const readText = (variable: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'it cannot be read';
    throw new ServerConfigError(
      `the file that ${variable} names cannot be read`,
      `${file}: ${code === 'ENOENT' ? 'there is no such file' : code}`,
      `correct ${variable}`,
    );
  }
};
