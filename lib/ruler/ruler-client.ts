import { parse } from 'yaml';
import { isObject, objectsAt, type Json } from '../grafana-json/json';
import type { Authentication } from '../server/authentication';
import { AnswerError, AuthError, RefusedError } from '../server/errors';
import { Sender, type SenderOptions } from '../server/sender';
import { unencryptedWarnings } from '../server/unencrypted';

/** Where Mimir keeps the rules that people write (its `-http.prometheus-http-prefix` is `/prometheus`). */
const configPath = '/prometheus/config/v1/rules';

/** The rule groups of a ruler that speaks Mimir's configuration API, as one tenant. */
export class RulerClient {
  private readonly sender: Sender;

  constructor(
    readonly url: string,
    private readonly authentication: Authentication,
    tenant: string | null,
    options: SenderOptions = {},
  ) {
    this.sender = new Sender(url, 'the ruler', authentication, {
      ...options,
      headers: { ...options.headers, ...(tenant !== null && { 'X-Scope-OrgID': tenant }) },
    });
  }

  get warnings(): readonly string[] {
    return unencryptedWarnings(this.url, this.authentication);
  }

  get requests(): number {
    return this.sender.requests;
  }

  pause(attempt: number, error: unknown): Promise<boolean> {
    return this.sender.pause(attempt, error);
  }

  /** The groups of a namespace; none where it is not there. */
  async groups(namespace: string): Promise<readonly Json[]> {
    const found = await this.ask(`${configPath}/${encodeURIComponent(namespace)}`);
    return found === undefined ? [] : objectsAt(found, namespace).map(([group]) => group);
  }

  /** One group; undefined where it is not there. */
  async group(namespace: string, name: string): Promise<Json | undefined> {
    const found = await this.ask(pathOf(namespace, name));
    return isObject(found) ? found : undefined;
  }

  /** Makes or replaces a whole group. */
  async put(namespace: string, group: Json): Promise<void> {
    const sent = { text: yamlOf(group), type: 'application/yaml' };
    await withNextStep(this.sender.send('POST', `${configPath}/${encodeURIComponent(namespace)}`, sent));
  }

  /** Removes a group; one that is not there is fine. */
  async remove(namespace: string, name: string): Promise<void> {
    await this.orNone(withNextStep(this.sender.send('DELETE', pathOf(namespace, name))));
  }

  private async ask(path: string): Promise<unknown> {
    const text = await this.orNone(this.sender.send('GET', path, { accept: 'application/yaml' }));
    if (text === undefined) return undefined;
    try {
      const value: unknown = parse(text);
      if (isObject(value)) return value;
    } catch {
      // Said below.
    }
    throw new AnswerError(
      `${this.url} does not answer like a ruler (GET ${path})`,
      /^\s*</.test(text) ? 'a web page came back' : 'the answer is no YAML of rule groups',
      'give the address of Mimir, without /prometheus behind it',
    );
  }

  /** A ruler says 404 of what it does not have, in words of its own; a server that is none says it otherwise. */
  private async orNone(answer: Promise<string>): Promise<string | undefined> {
    return answer.catch((error: unknown) => {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error;
      // `group does not exist` (Mimir 3.0); before, of an empty namespace, `no rule groups found`.
      if (/no rule groups? found|does not exist/i.test(error.evidence)) return undefined;
      throw new RefusedError(
        error.what,
        `there is no such address: ${error.evidence}`,
        'give the address of Mimir, without /prometheus behind it; its ruler must be on, and its API (-ruler.enable-api)',
        404,
        error.body,
      );
    });
  }
}

/**
 * JSON, which is YAML, since two programs seldom agree on blocks of text; what YAML holds for unprintable stands as an escape (Mimir 3.0 refuses
 * the whole group otherwise).
 */
const yamlOf = (group: Json): string =>
  JSON.stringify(group).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What mends a refusal of Mimir 3.0, by its words. */
const nextSteps: readonly (readonly [RegExp, string])[] = [
  [/rules per rule group limit/, 'raise ruler_max_rules_per_rule_group in the limits of Mimir, or split the group'],
  [
    /rule groups limit/,
    'raise ruler_max_rule_groups_per_tenant in the limits of Mimir; with as many groups as it allows, it takes no change of one either',
  ],
  [/unsupported in rule local store/, 'give Mimir a ruler_storage that can be written: `local` only reads files'],
  [/namespace is protected/, 'take our namespace out of ruler_protected_namespaces in the limits of Mimir'],
  [/invalid rules configuration|could not parse|unable to decode|rule \d+, "/, 'mend the rule, then push again'],
];

const withNextStep = async (answer: Promise<string>): Promise<string> =>
  answer.catch((error: unknown) => {
    if (!(error instanceof RefusedError || error instanceof AuthError)) throw error;
    const [, next] = nextSteps.find(([words]) => words.test(error.evidence)) ?? [];
    if (next === undefined) throw error;
    if (error instanceof AuthError) throw new AuthError(error.what, error.evidence, next, error.status);
    throw new RefusedError(error.what, error.evidence, next, error.status, error.body, error.retryAfter);
  });

const pathOf = (namespace: string, name: string): string =>
  `${configPath}/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
