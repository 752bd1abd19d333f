import { parse, stringify } from 'yaml';
import { isObject, objectsAt, type Json } from '../grafana-json/json';
import type { Authentication } from '../server/authentication';
import { AnswerError, RefusedError } from '../server/errors';
import { Sender, type SenderOptions } from '../server/sender';

/** Where Mimir keeps the rules that people write (its `-http.prometheus-http-prefix` is `/prometheus`). */
const configPath = '/prometheus/config/v1/rules';

/** The rule groups of a ruler that speaks Mimir's configuration API, as one tenant. */
export class RulerClient {
  private readonly sender: Sender;

  constructor(
    readonly url: string,
    authentication: Authentication,
    tenant: string | null,
    options: SenderOptions = {},
  ) {
    this.sender = new Sender(url, 'the ruler', authentication, {
      ...options,
      headers: { ...options.headers, ...(tenant !== null && { 'X-Scope-OrgID': tenant }) },
    });
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
    await this.sender.send('POST', `${configPath}/${encodeURIComponent(namespace)}`, {
      text: stringify(group, { lineWidth: 0 }),
      type: 'application/yaml',
    });
  }

  /** Removes a group; one that is not there is fine. */
  async remove(namespace: string, name: string): Promise<void> {
    await this.orNone(this.sender.send('DELETE', pathOf(namespace, name)));
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
      if (/no rule groups? found|does not exist|not found in|group.* not found/i.test(error.evidence)) return undefined;
      throw new RefusedError(
        error.what,
        error.evidence,
        `give the address of Mimir, without /prometheus behind it; its ruler must be on, and its API (-ruler.enable-api)`,
        404,
        error.body,
      );
    });
  }
}

const pathOf = (namespace: string, name: string): string =>
  `${configPath}/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
