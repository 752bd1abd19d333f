import type { Engine, EnvironmentReference, NtfyReceiver, Receiver } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import { secretsFolder } from './alertmanager-receiver';
import type { Artifact } from './artifact';
import { exporterVariables } from './exporters-compose';

interface Variable {
  readonly name: string;
  readonly reader: string;
  readonly what: string;
  /** What is taken where nobody says otherwise. */
  readonly usual?: string;
}

/**
 * `.env.example`: every environment variable that the rendered files name, who reads it, and no value; what has one unless somebody
 * says otherwise is a comment.
 */
export const renderEnvironment = (homelab: ResolvedHomelab): readonly Artifact[] => {
  const variables = [
    ...receiverVariables(homelab),
    ...mailVariables(homelab),
    ...dataSourceVariables(homelab),
    ...composeVariables(homelab),
    ...ofExporters(homelab),
  ];
  const sorted = [...new Map(variables.map((variable) => [variable.name, variable])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const body = sorted
    .map(
      ({ name, reader, what, usual }) =>
        `# ${what}; read by ${reader}\n${usual === undefined ? `${name}=` : `# ${name}=${usual}`}\n`,
    )
    .join('\n');
  const inFiles = sorted.some(({ reader }) => reader.startsWith('Alertmanager'));
  const head = `# Copy to .env and fill in. An unset variable becomes an empty text in Grafana, which then does not start where it needs an address or a token.\n${
    inFiles
      ? "# For Alertmanager: one file each, without a line break at its end, which Pushover would be sent: printf %s 'VALUE' > secrets/NAME\n"
      : ''
  }`;
  return [
    {
      kind: 'environment',
      path: '.env.example',
      name: '.env.example',
      text: body ? `${head}\n${body}` : `${head}# Nothing here needs one.\n`,
    },
  ];
};

/** Machines that run the same exporter name the same variables: each can have an `.env` of its own. */
const ofExporters = (homelab: ResolvedHomelab): readonly Variable[] => {
  const found = exporterVariables(homelab);
  return found.map(({ name, what, usual }) => ({
    name,
    what,
    reader: `${[...new Set(found.filter((other) => other.name === name).map(({ file }) => file))].join(' and ')}, if you start it`,
    ...(usual !== undefined && { usual }),
  }));
};

const receiverVariables = ({ alerting }: ResolvedHomelab): readonly Variable[] => {
  const { engine, heartbeat, receivers } = alerting;
  const reader = readerOf(engine);
  return [
    ...Object.entries(receivers).flatMap(([name, receiver]) =>
      references(receiver).map(({ key, env }) => ({
        name: env,
        reader,
        what: `${key} of the receiver ${name} (${receiver.kind})${engine !== 'grafana' && receiver.kind === 'ntfy' && key === 'topic' ? wholeAddress(receiver) : ''}`,
      })),
    ),
    ...(heartbeat
      ? [{ name: heartbeat.url.env, reader, what: 'address of the watchdog that waits for the heartbeat' }]
      : []),
  ];
};

const readerOf = (engine: Engine): string =>
  engine === 'grafana' ? 'Grafana' : `Alertmanager, from ${secretsFolder}/<name>`;

/** Alertmanager cannot put an address together, so the file holds more than the variable would. */
const wholeAddress = ({ server = 'https://ntfy.sh' }: NtfyReceiver): string =>
  `, here as a whole address with ntfy's own words: ${server}/<topic>?template=alertmanager`;

const mailVariables = ({ alerting, grafana }: ResolvedHomelab): readonly Variable[] => {
  const { engine, mail, receivers } = alerting;
  const asked = Object.values(receivers).some(({ kind }) => kind === 'email');
  if (!mail?.password || !asked || (engine === 'grafana' && grafana.mode !== 'owned')) return [];
  const reader = readerOf(engine);
  return [{ name: mail.password.env, reader, what: `password of ${mail.user ?? mail.from} at ${mail.server}` }];
};

const references = (receiver: Receiver): readonly { readonly key: string; readonly env: string }[] =>
  Object.entries(receiver).flatMap(([key, value]) => (isReference(value) ? [{ key, env: value.env }] : []));

const isReference = (value: unknown): value is EnvironmentReference =>
  typeof value === 'object' && value !== null && 'env' in value;

/** Alloy writes to the same servers, if it runs; a Grafana with a life of its own has the password already. */
const dataSourceVariables = ({ dataSources, grafana }: ResolvedHomelab): readonly Variable[] =>
  Object.values(dataSources).flatMap(({ basicAuth, kind, name }) => {
    const readers = [
      ...(grafana.mode === 'owned' ? ['Grafana'] : []),
      ...(kind === 'prometheus' ? ['Alloy, where that scrapes'] : []),
    ];
    if (!basicAuth || readers.length === 0) return [];
    return [
      { name: basicAuth.password.env, reader: readers.join(' and '), what: `password of the data source ${name}` },
    ];
  });

const composeVariables = ({ grafana }: ResolvedHomelab): readonly Variable[] =>
  grafana.mode === 'owned'
    ? [
        {
          name: 'GF_SECURITY_ADMIN_PASSWORD',
          reader: 'Grafana',
          what: 'password of the user admin, set at the first start',
        },
      ]
    : [];
