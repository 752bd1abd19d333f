import { parseHttpUrl } from '../homelab/addresses';
import type { DataSource, Receiver } from '../homelab/homelab';
import type { Answers } from './proposal';
import type { SeenContactPoint, SeenDataSource, SeenGrafana, SeenPrometheus } from './seen';
import type { Sheet } from './sheet';

/** Writes into the sheet the data sources and contact points of a Grafana. Secrets never come out of it: they become variables. */
export const fromGrafana = (
  sheet: Sheet,
  seen: SeenGrafana,
  prometheus: SeenPrometheus | undefined,
  answers: Answers,
): void => {
  sheet.urls = { grafana: seen.url, ...sheet.urls };
  const known = seen.dataSources.filter(({ type, uid }) => kinds[type] !== undefined && uid !== '');
  const metrics = known.filter(({ type }) => kinds[type] === 'prometheus');
  const main = mainOf(sheet, metrics, prometheus, answers);
  const ordered = [...known].sort((a, b) => Number(b === main) - Number(a === main));
  for (const source of ordered) addDataSource(sheet, source, source === main);
  if (metrics.length === 0)
    sheet.unsaid.push('Grafana has no data source of the type prometheus: boards would have nobody to ask');
  for (const point of seen.contactPoints) addReceiver(sheet, point);
  sheet.unsaid.push(...seen.unsaid);
};

const kinds: Readonly<Record<string, DataSource['kind']>> = {
  prometheus: 'prometheus',
  'victoriametrics-metrics-datasource': 'prometheus',
  'grafana-amazonprometheus-datasource': 'prometheus',
  loki: 'loki',
  tempo: 'tempo',
  alertmanager: 'alertmanager',
};

/** The one that asks the Prometheus that was looked at: by its address, else the only one, else the default. */
const mainOf = (
  sheet: Sheet,
  metrics: readonly SeenDataSource[],
  prometheus: SeenPrometheus | undefined,
  answers: Answers,
): SeenDataSource | undefined => {
  const id = 'data source';
  const asked = metrics.find(({ uid }) => uid === prometheus?.dataSource);
  if (asked) return asked;
  const same = prometheus && metrics.filter(({ url }) => isSame(url, prometheus.url));
  if (same?.length === 1) return same[0];
  if (metrics.length < 2) return metrics[0];
  const chosen = metrics.find(({ uid }) => uid === answers[id]);
  if (chosen) return chosen;
  const standard = metrics.find(({ isDefault }) => isDefault) ?? metrics[0];
  sheet.questions.push({
    id,
    text: 'Which data source of Grafana has these metrics',
    choices: metrics.map(({ uid }) => uid),
    otherwise: standard?.uid ?? '',
  });
  if (answers[id] === undefined)
    sheet.unsaid.push(
      `Grafana has ${metrics.length} data sources of the type prometheus (${metrics.map(({ name, uid }) => `${name}: ${uid}`).join(', ')}): boards ask ${standard?.uid}, ${standard?.isDefault ? 'the default' : 'the first'}`,
    );
  return standard;
};

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [parseHttpUrl(one), parseHttpUrl(other)];
  return a !== undefined && b !== undefined && a.host === b.host;
};

const addDataSource = (sheet: Sheet, { uid, name, type, url }: SeenDataSource, isMain: boolean): void => {
  const kind = kinds[type];
  if (kind === undefined) return;
  const plain = keyOf(name);
  const key = isMain ? 'prometheus' : sheet.dataSources.has(plain) || plain === 'prometheus' ? keyOf(uid) : plain;
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(uid)) {
    sheet.unsaid.push(`the uid of the data source ${name} cannot be used: ${uid}`);
    return;
  }
  sheet.dataSources.set(key, {
    value: { kind, uid, name, ...(parseHttpUrl(url) && !url.includes('@') && { url }) },
    notes: ['As Grafana has it.'],
  });
  sheet.report.push(`data source \`${key}\`: ${kind} ${name}, uid ${uid}`);
};

const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'source';

const addReceiver = (sheet: Sheet, { name, type, settings }: SeenContactPoint): void => {
  const key = keyOf(name);
  const variable = (what: string): { readonly env: string } => ({
    env: `${key.toUpperCase().replaceAll('-', '_').replace(/^(\d)/, 'R$1')}_${what}`,
  });
  const receiver = receivers[type]?.(settings, variable);
  if (receiver === undefined || ['heartbeat', 'nobody'].includes(key)) {
    sheet.unsaid.push(
      `the contact point ${name} (${type}) is not taken over${receiver === undefined && !(type in receivers) ? ': nothing here sends this way' : ''}`,
    );
    return;
  }
  // Several ways under one name are told together in Grafana; here each has a name of its own.
  const free = sheet.receivers.has(key) ? `${key}-${type}` : key;
  const secrets = [...JSON.stringify(receiver).matchAll(/"env":"([^"]+)"/g)].map(([, env]) => env);
  sheet.receivers.set(free, {
    value: receiver,
    notes: [
      `Like the contact point ${name} of Grafana${secrets.length > 0 ? `, which does not tell its secrets: set ${secrets.join(', ')} for Grafana` : ''}.`,
    ],
  });
  sheet.report.push(`receiver \`${free}\`: the contact point ${name} (${type})`);
};

type Settings = SeenContactPoint['settings'];
type ToReceiver = (settings: Settings, variable: (what: string) => { readonly env: string }) => Receiver | undefined;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const receivers: Readonly<Record<string, ToReceiver>> = {
  email: ({ addresses }) => {
    const to = textOf(addresses)
      .split(/[;,\n]/)
      .map((one) => one.trim())
      // What Grafana has before anybody sets it up.
      .filter((one) => one.includes('@') && one !== '<example@email.com>');
    return to.length > 0 ? { kind: 'email', to } : undefined;
  },
  discord: (_, variable) => ({ kind: 'discord', url: variable('URL') }),
  slack: (_, variable) => ({ kind: 'slack', url: variable('URL') }),
  telegram: ({ chatid }, variable) =>
    textOf(chatid) === '' ? undefined : { kind: 'telegram', token: variable('TOKEN'), chat: textOf(chatid) },
  pushover: (_, variable) => ({ kind: 'pushover', userKey: variable('USER_KEY'), token: variable('TOKEN') }),
  // Addresses of webhooks hold tokens as often as not.
  webhook: (_, variable) => ({ kind: 'webhook', url: variable('URL') }),
};
