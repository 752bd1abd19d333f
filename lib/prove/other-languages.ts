import type { BoardPanel, Board } from '../proof/board';
import { panelsOf } from '../proof/board';
import type { ResolvedHomelab } from '../homelab/resolved';
import { parseQuery } from '../query/parse';
import type { KnownVariable } from '../query/parsed';

/** What came of a query of logs or traces. */
export interface OtherProof {
  readonly board: string;
  readonly panel: string;
  readonly language: 'logql' | 'traceql';
  readonly query: string;
  /**
   * `parsed`: it can be read, nobody was asked. `data`, `empty`: a server was. `quiet`: the streams are there, and no line of them is
   * what is looked for. `error`: it cannot be read, or was refused.
   */
  readonly verdict: 'parsed' | 'data' | 'quiet' | 'empty' | 'error';
  readonly why: string;
}

/** Asks a server whether a query gives anything. Throws what the server refused. */
export type AskOther = (query: string) => Promise<boolean>;

/** Servers that prove them for real. */
export interface OtherServers {
  readonly logql?: AskOther;
  readonly traceql?: AskOther;
}

const languages: Readonly<Record<string, 'logql' | 'traceql' | undefined>> = { loki: 'logql', tempo: 'traceql' };

/**
 * Queries of logs and traces: parsed as Grafana does, the labels of streams checked against those that the homelab's labels can be,
 * and asked where a server is at hand.
 */
export const proveOthers = async (
  board: Board,
  homelab: Pick<ResolvedHomelab, 'hosts' | 'services'>,
  servers: OtherServers = {},
): Promise<readonly OtherProof[]> => {
  const variables = (board.templating?.list ?? []).map((variable): KnownVariable => ({
    name: variable.name,
    type: variable.type,
    values: [variable.current?.value ?? []].flat().filter((value) => value !== '$__all'),
    multi: variable.multi === true,
    includeAll: variable.includeAll === true,
    ...(variable.allValue && { allValue: variable.allValue }),
  }));
  const proofs: OtherProof[] = [];
  for (const panel of panelsOf(board))
    for (const { language, query } of othersOf(panel)) {
      const base = { board: board.title, panel: panel.title ?? '', language, query };
      const { error, streams } = parseQuery(language, query, { variables });
      const wrong = error
        ? `it cannot be read: ${error.message}`
        : labelFaults(
            streams.flatMap(({ matchers }) => matchers),
            homelab,
          )[0];
      if (wrong !== undefined) proofs.push({ ...base, verdict: 'error', why: wrong });
      else proofs.push({ ...base, ...(await asked(language, filled(query, variables), servers[language])) });
    }
  return proofs;
};

const othersOf = (panel: BoardPanel): readonly { readonly language: 'logql' | 'traceql'; readonly query: string }[] =>
  (panel.targets ?? []).flatMap((target) => {
    const language = languages[(target.datasource ?? panel.datasource)?.type ?? ''];
    const query = target.expr ?? target.query;
    return language && query !== undefined && !target.hide ? [{ language, query }] : [];
  });

/** A matcher on `host` or `service` that names nobody of this homelab. */
const labelFaults = (
  matchers: readonly {
    readonly label: string;
    readonly operator: string;
    readonly value: string;
    readonly open: boolean;
  }[],
  { hosts, services }: Pick<ResolvedHomelab, 'hosts' | 'services'>,
): readonly string[] => {
  const known: Readonly<Record<string, readonly string[]>> = {
    host: hosts.map(({ name }) => name),
    service: services.map(({ name }) => name),
  };
  return matchers.flatMap(({ label, operator, value, open }) => {
    const names = known[label];
    return names && !open && operator === '=' && !names.includes(value)
      ? [`no ${label} of this homelab is called \`${value}\``]
      : [];
  });
};

const asked = async (
  language: OtherProof['language'],
  query: string,
  ask: AskOther | undefined,
): Promise<Pick<OtherProof, 'verdict' | 'why'>> => {
  if (!ask) return { verdict: 'parsed', why: 'it can be read; no server was asked' };
  try {
    if (await ask(query)) return { verdict: 'data', why: 'the server has some' };
    const [streams] = /\{[^{}]*\}/.exec(query) ?? [];
    if (language === 'logql' && streams !== undefined && streams !== query && (await ask(streams)))
      return { verdict: 'quiet', why: 'the streams are there, and no line says so' };
    return { verdict: 'empty', why: 'the server takes the query and has nothing for it' };
  } catch (error) {
    return { verdict: 'error', why: error instanceof Error ? error.message : String(error) };
  }
};

/** As it is sent when the board is opened, near enough to be taken: `All` is anything. */
const filled = (query: string, variables: readonly KnownVariable[]): string =>
  query
    .replace(/\$(?:\{(__\w+)\}|(__\w+))/g, '5m')
    .replace(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (whole, braced: string | undefined, plain: string | undefined) => {
      const variable = variables.find(({ name }) => name === (braced ?? plain));
      return variable ? (variable.values[0] ?? variable.allValue ?? '.+') : whole;
    });
