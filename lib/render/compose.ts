import type { ResolvedHomelab } from '../homelab/resolved';
import { secretsFolder } from './alertmanager-receiver';
import type { Artifact } from './artifact';
import { dateFormats } from './date-formats';
import { toYaml } from './yaml';

/** Images of the versions that the rendered files were run on; no container engine was at hand, so the images themselves were not. */
const images = {
  prometheus: 'prom/prometheus:v3.8.1',
  grafana: 'grafana/grafana:12.3.0',
  alertmanager: 'prom/alertmanager:v0.34.2',
  'blackbox-exporter': 'prom/blackbox-exporter:v0.28.0',
  'node-exporter': 'quay.io/prometheus/node-exporter:v1.12.1',
} as const;

/** `compose.yaml`, in `owned` mode: Prometheus, Grafana and the exporters of this machine, on the rendered files beside it. */
export const renderCompose = (homelab: ResolvedHomelab): readonly Artifact[] => {
  if (homelab.grafana.mode !== 'owned') return [];
  const ownAlertmanager = homelab.alerting.engine === 'prometheus';
  const { dashboardsPath } = homelab.grafana;
  const services = {
    prometheus: {
      image: images.prometheus,
      restart: 'unless-stopped',
      command: [
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        '--storage.tsdb.retention.time=30d',
        '--web.enable-lifecycle',
      ],
      volumes: ['./prometheus:/etc/prometheus:ro', 'prometheus:/prometheus'],
      ports: ['9090:9090'],
    },
    grafana: {
      image: images.grafana,
      restart: 'unless-stopped',
      env_file: [{ path: '.env', required: false }],
      environment: {
        GF_USERS_DEFAULT_THEME: 'system',
        ...(homelab.urls.grafana && { GF_SERVER_ROOT_URL: homelab.urls.grafana }),
        ...dateFormats(homelab),
        ...mailOfGrafana(homelab),
      },
      volumes: [
        './grafana/provisioning:/etc/grafana/provisioning:ro',
        `./grafana/dashboards:${dashboardsPath}:ro`,
        'grafana:/var/lib/grafana',
      ],
      ports: ['3000:3000'],
      depends_on: ['prometheus'],
    },
    'node-exporter': {
      image: images['node-exporter'],
      restart: 'unless-stopped',
      command: ['--path.rootfs=/host'],
      network_mode: 'host',
      pid: 'host',
      volumes: ['/:/host:ro,rslave'],
    },
    ...(homelab.probes.exporter && {
      'blackbox-exporter': {
        image: images['blackbox-exporter'],
        restart: 'unless-stopped',
        command: ['--config.file=/etc/blackbox/blackbox.yml'],
        // A ping needs a raw socket.
        cap_add: ['NET_RAW'],
        volumes: ['./prometheus/blackbox.yml:/etc/blackbox/blackbox.yml:ro'],
      },
    }),
    ...(ownAlertmanager && {
      alertmanager: {
        image: images.alertmanager,
        restart: 'unless-stopped',
        command: [
          '--config.file=/etc/alertmanager/alertmanager.yml',
          '--storage.path=/alertmanager',
          ...(homelab.urls.alertmanager
            ? [`--web.external-url=${homelab.urls.alertmanager}`, '--web.route-prefix=/']
            : []),
        ],
        volumes: ['./alertmanager:/etc/alertmanager:ro', `./secrets:${secretsFolder}:ro`, 'alertmanager:/alertmanager'],
        ports: ['9093:9093'],
      },
    }),
  };
  const volumes = Object.fromEntries(
    ['prometheus', 'grafana', ...(ownAlertmanager ? ['alertmanager'] : [])].map((name) => [name, {}]),
  );
  return [
    {
      kind: 'compose',
      path: 'compose.yaml',
      name: 'compose.yaml',
      text: toYaml(
        { services, volumes },
        'Prometheus, Grafana and the exporters of this machine: docker compose up -d',
      ),
    },
  ];
};

/** Compose puts the password in from `.env`; a `$` of ours would be taken for the beginning of a name. */
const mailOfGrafana = ({
  alerting: { engine, mail, receivers },
}: ResolvedHomelab): Readonly<Record<string, string>> => {
  if (!mail || engine !== 'grafana' || !Object.values(receivers).some(({ kind }) => kind === 'email')) return {};
  return {
    GF_SMTP_ENABLED: 'true',
    GF_SMTP_HOST: mail.server,
    GF_SMTP_FROM_ADDRESS: mail.from,
    ...(mail.user !== undefined && { GF_SMTP_USER: mail.user.replaceAll('$', '$$$$') }),
    ...(mail.password && { GF_SMTP_PASSWORD: `\${${mail.password.env}}` }),
    GF_SMTP_STARTTLS_POLICY: mail.tls === false ? 'NoStartTLS' : 'MandatoryStartTLS',
  };
};
