import type { EnvironmentReference, Receiver } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Artifact } from './artifact';

interface Variable {
  readonly name: string;
  readonly reader: string;
  readonly what: string;
}

/** `.env.example`: every environment variable that the rendered files name, who reads it, and no value. */
export const renderEnvironment = (homelab: ResolvedHomelab): readonly Artifact[] => {
  const variables = [...receiverVariables(homelab), ...dataSourceVariables(homelab), ...composeVariables(homelab)];
  const sorted = [...new Map(variables.map((variable) => [variable.name, variable])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const body = sorted.map(({ name, reader, what }) => `# ${what}; read by ${reader}\n${name}=\n`).join('\n');
  const head = '# Copy to .env and fill in. An unset variable becomes an empty text in Grafana, without a warning.\n';
  return [
    {
      kind: 'environment',
      path: '.env.example',
      name: '.env.example',
      text: body ? `${head}\n${body}` : `${head}# Nothing here needs one.\n`,
    },
  ];
};

const receiverVariables = ({ alerting }: ResolvedHomelab): readonly Variable[] => {
  const reader = alerting.engine === 'grafana' ? 'Grafana' : 'Alertmanager, from /etc/alertmanager/secrets/<name>';
  return Object.entries(alerting.receivers).flatMap(([name, receiver]) =>
    references(receiver).map(({ key, env }) => ({
      name: env,
      reader,
      what: `${key} of the receiver ${name} (${receiver.kind})`,
    })),
  );
};

const references = (receiver: Receiver): readonly { readonly key: string; readonly env: string }[] =>
  Object.entries(receiver).flatMap(([key, value]) => (isReference(value) ? [{ key, env: value.env }] : []));

const isReference = (value: unknown): value is EnvironmentReference =>
  typeof value === 'object' && value !== null && 'env' in value;

const dataSourceVariables = ({ dataSources, grafana }: ResolvedHomelab): readonly Variable[] =>
  grafana.mode === 'owned'
    ? Object.values(dataSources).flatMap(({ basicAuth, name }) =>
        basicAuth
          ? [{ name: basicAuth.password.env, reader: 'Grafana', what: `password of the data source ${name}` }]
          : [],
      )
    : [];

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
