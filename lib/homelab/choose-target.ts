import { parseHttpUrl } from './addresses';
import { allowedNames, closest } from './nearest';
import type { ResolvedGrafanaTarget, ResolvedHomelab, ResolvedRulerTarget, ResolvedTarget } from './resolved';

/** What is said beside the homelab file about where a push goes. */
export interface TargetChoice {
  /** `--target`. */
  readonly name?: string;
  /** `GRAFANA_URL`: stands in for the url of the Grafana that is chosen. */
  readonly grafanaUrl?: string;
}

/** Nobody can tell where a push should go: what is wrong, what is there, and the next step. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly exitCode = 2;

  constructor(
    readonly what: string,
    readonly allowed: string,
    readonly next: string,
  ) {
    super(`${what} (${allowed}): ${next}`);
  }

  /** The message as commands print it. */
  format(): string {
    return `error: ${this.what}\n  allowed: ${this.allowed}\n  try: ${this.next}\n`;
  }
}

/**
 * The server that is pushed to: the named target, the only one, or the Grafana of `GRAFANA_URL` where the file has none. Throws a
 * `TargetError` where that is none or several.
 */
export const chooseTarget = (
  { targets, project }: Pick<ResolvedHomelab, 'targets' | 'project'>,
  { name, grafanaUrl }: TargetChoice = {},
): ResolvedTarget => {
  const url = grafanaUrl === undefined || grafanaUrl === '' ? undefined : checkedUrl(grafanaUrl);
  const names = Object.keys(targets);
  if (names.length === 0 && (name === undefined || name === unnamed)) {
    if (url === undefined)
      throw new TargetError(
        'the homelab file names no Grafana to push to',
        '`targets`, `urls.grafana`, or the environment variable GRAFANA_URL',
        'GRAFANA_URL=http://localhost:3000 npm run push -- --plan',
      );
    return { kind: 'grafana', name: unnamed, url, org: null, folder: null, project };
  }
  const chosen = name === undefined ? onlyOf(targets) : Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (!chosen) throw unknown(name ?? '', names);
  return chosen.kind === 'grafana' && url !== undefined ? { ...chosen, url } : chosen;
};

/** What the Grafana of `GRAFANA_URL` is called where the homelab file names none: next commands and backups say it. */
const unnamed = 'grafana';

/** The homelab as it is rendered for a target: with the prefix that it has there. */
export const homelabFor = (homelab: ResolvedHomelab, { project }: ResolvedTarget): ResolvedHomelab =>
  homelab.project === project ? homelab : { ...homelab, project };

/**
 * The Grafana that keeps the state of a ruler: the one that it names, the only one, or that of `GRAFANA_URL`, which also stands in for the url
 * of the one that is named. Throws a `TargetError` where that is none or several.
 */
export const stateKeeper = (
  { targets, project }: Pick<ResolvedHomelab, 'targets' | 'project'>,
  ruler: ResolvedRulerTarget,
  { grafanaUrl }: Pick<TargetChoice, 'grafanaUrl'> = {},
): ResolvedGrafanaTarget => {
  const url = grafanaUrl === undefined || grafanaUrl === '' ? undefined : checkedUrl(grafanaUrl);
  const grafanas = Object.values(targets).filter((target) => target.kind === 'grafana');
  const named = grafanas.find(({ name }) => name === ruler.state) ?? (grafanas.length === 1 ? grafanas[0] : undefined);
  if (named) return url === undefined ? named : { ...named, url };
  if (url !== undefined)
    return (
      grafanas.find((target) => target.url === url) ?? {
        kind: 'grafana',
        name: 'grafana',
        url,
        org: null,
        folder: null,
        project,
      }
    );
  const [first] = grafanas;
  if (first)
    throw new TargetError(
      `several Grafanas could keep the state of the ruler '${ruler.name}'`,
      grafanas.map(({ name }) => name).join(', '),
      `add \`state: '${first.name}'\` to the target ${ruler.name} in the homelab file`,
    );
  throw new TargetError(
    `nobody keeps the state of the ruler '${ruler.name}'`,
    'a Grafana beside it, which remembers what the last push wrote',
    'add a target of kind grafana to the homelab file, or set GRAFANA_URL',
  );
};

const onlyOf = (targets: ResolvedHomelab['targets']): ResolvedTarget => {
  const [only, ...others] = Object.values(targets);
  if (only && others.length === 0) return only;
  const names = Object.keys(targets);
  throw new TargetError(
    'the homelab file has several targets, and nobody said which one',
    names.join(', '),
    `npm run push -- --target ${names[0]} --plan`,
  );
};

const unknown = (name: string, names: readonly string[]): TargetError => {
  const meant = closest(name, names);
  return new TargetError(
    `no target of the homelab file is called '${name}'`,
    allowedNames(name, names),
    meant || names.length > 0
      ? `npm run push -- --target ${meant ?? names[0]} --plan`
      : 'add it to `targets` in the homelab file',
  );
};

/** The text is not repeated: it may hold a password. */
const checkedUrl = (text: string): string => {
  const url = parseHttpUrl(text.trim());
  if (!url)
    throw new TargetError(
      'GRAFANA_URL is no URL',
      'http://... or https://..., such as http://localhost:3000',
      'GRAFANA_URL=http://localhost:3000 npm run push -- --plan',
    );
  if (url.username !== '' || url.password !== '')
    throw new TargetError(
      'GRAFANA_URL holds a user name or password (not repeated here)',
      'a URL without `user:password@`',
      'set GRAFANA_TOKEN instead',
    );
  return text.trim().replace(/\/+$/, '');
};
