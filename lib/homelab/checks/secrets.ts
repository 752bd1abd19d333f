import { parseHttpUrl } from '../addresses';
import { each, eachEntry, type Draft } from '../draft';
import { placedExporters } from '../placement';
import { secretInClear } from '../problems';
import { problem, type HomelabProblem, type Keys } from '../problem';

/** Nothing in the file opens a door: it is meant to be shared and committed. */
export function* checkSecrets(draft: Draft): Iterable<HomelabProblem> {
  for (const [name, receiver] of eachEntry(draft.alerting?.receivers)) {
    if (receiver.kind === 'ntfy' || receiver.kind === 'gotify')
      yield* checkServer(name, receiver.kind, receiver.server);
    if (receiver.kind !== 'webhook' || typeof receiver.url !== 'string') continue;
    const keys = ['alerting', 'receivers', name, 'url'];
    if (opensADoor(receiver.url)) yield secretInClear(keys);
    else if (!parseHttpUrl(receiver.url)) yield malformedWebhook(keys, receiver.url);
  }

  for (const [key, url] of eachEntry(draft.urls)) yield* checkCredentials(['urls', key], url);
  for (const [key, { url }] of eachEntry(draft.dataSources)) {
    yield* checkCredentials(['dataSources', key, 'url'], url, "write `basicAuth: { user, password: { env: 'NAME' } }`");
  }
  for (const [name, { url }] of eachEntry(draft.targets)) {
    yield* checkCredentials(['targets', name, 'url'], url, 'set GRAFANA_TOKEN where you push from');
  }
  for (const { keys, exporter } of placedExporters(draft)) yield* checkPath([...keys, 'path'], exporter.path);
  for (const [index, { url }] of each(draft.probes?.services)) {
    yield* checkCredentials(
      ['probes', 'services', index, 'url'],
      url,
      'probe a page that needs no login, or add `alsoUp: [401]`',
    );
  }
}

function* checkPath(keys: Keys, path: string | undefined): Iterable<HomelabProblem> {
  if (path === undefined || !hasKey(path)) return;
  yield problem(keys, {
    what: 'a secret stands here in clear: the path holds a key (not repeated here)',
    allowed: 'a path without `?token=` and the like',
    try: "remove it, and write `auth: { bearerTokenFile: '/etc/prometheus/token' }`",
    secret: true,
  });
}

/** The server's address is no secret; what comes behind it is the receiver's topic or token. */
function* checkServer(name: string, kind: string, server: string | undefined): Iterable<HomelabProblem> {
  if (server === undefined) return;
  const keys = ['alerting', 'receivers', name, 'server'];
  if (opensADoor(server)) {
    yield problem(keys, {
      what: 'a secret stands here in clear (not repeated here)',
      allowed: 'the address of the server alone',
      try: `write \`token: { env: 'HOMELAB_${kind.toUpperCase()}_TOKEN' }\` beside it`,
      secret: true,
    });
  } else if (!parseHttpUrl(server)) {
    yield problem(keys, { what: 'malformed URL', value: server, allowed: 'http://... or https://...' });
  }
}

/** Whoever knows such a URL can post to the channel, or act as the bot. */
const opensADoor = (url: string): boolean =>
  /discord(app)?\.com\/api\/webhooks\/|hooks\.slack\.com\/|api\.telegram\.org\/bot\d|webhook\.office\.com\/|hc-ping\.com\/|\/api\/webhook\//i.test(
    url,
  ) ||
  hasKey(url) ||
  hasCredentials(url);

/** `?token=…`, `&X-Plex-Token=…`, `?api_key=…`. */
const hasKey = (url: string): boolean =>
  /[?&]([\w-]*(token|secret|password|passwd|api[_-]?key|access[_-]?key)|key)=[^&#]/i.test(url);

const hasCredentials = (url: string): boolean => /^[a-z]+:\/\/[^/?#]*@/i.test(url);

const malformedWebhook = (keys: Keys, url: string): HomelabProblem =>
  problem(keys, {
    what: 'malformed URL',
    value: url,
    allowed: "http://... or https://..., or { env: 'NAME_OF_THE_VARIABLE' } where the URL is a secret",
  });

function* checkCredentials(keys: Keys, url: string | undefined, remedy?: string): Iterable<HomelabProblem> {
  if (url === undefined) return;
  if (hasKey(url)) {
    yield problem(keys, {
      what: 'a secret stands here in clear: the URL holds a key (not repeated here)',
      allowed: 'a URL without `?token=` and the like',
      try: `remove it${remedy ? `, and ${remedy}` : ''}`,
      secret: true,
    });
  }
  if (!hasCredentials(url)) return;
  yield problem(keys, {
    what: 'a secret stands here in clear: the URL holds a user name or password (not repeated here)',
    allowed: 'a URL without `user:password@`',
    try: `remove what stands before the @${remedy ? `, and ${remedy}` : ''}`,
    secret: true,
  });
}
