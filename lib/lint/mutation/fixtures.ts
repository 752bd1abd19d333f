import { cleanBoard, cleanPanel } from '../testing/clean';
import type { JsonObject } from '../subject';
import type { Seed } from './seed';

/** What none of our own examples holds yet: recording rules, and a board of logs. */
export const fixtures: readonly Seed[] = [
  {
    file: 'recordings.yaml',
    format: 'prometheus-rules',
    value: {
      groups: [
        {
          name: 'recordings',
          interval: '1m',
          rules: [
            {
              record: 'host:node_cpu_busy:ratio5m',
              expr: '1 - avg by (instance) (rate(node_cpu_seconds_total{job="node", mode="idle"}[5m]))',
            },
            {
              record: 'host_device:node_network_receive_bytes:rate5m',
              expr: 'sum by (instance, device) (rate(node_network_receive_bytes_total{job="node"}[5m]))',
            },
            {
              record: 'host:node_filesystem_used:ratio',
              expr: 'max by (instance) (1 - node_filesystem_avail_bytes{job="node"} / (node_filesystem_size_bytes{job="node"} > 0))',
            },
          ],
        },
      ],
    },
  },
  {
    file: 'logs.json',
    format: 'dashboard',
    value: cleanBoard(
      [
        ['Errors', 'sum by (app) (count_over_time({app="nginx", host="nas"} |= "error" [5m]))'],
        ['Lines', 'sum(rate({job="systemd-journal"}[5m]))'],
        ['Refused', 'sum by (host) (rate({host=~"nas|pi", unit="ssh.service"} |~ "Failed|Invalid" [$__auto]))'],
      ].map(([title, expr], index) => ({
        ...cleanPanel,
        id: index + 1,
        title,
        fieldConfig: { defaults: { unit: 'short' }, overrides: [] },
        gridPos: { x: 0, y: index * 8, w: 24, h: 8 },
        datasource: { type: 'loki', uid: '${logs}' },
        targets: [{ refId: 'A', datasource: { type: 'loki', uid: '${logs}' }, expr, legendFormat: '', range: true }],
      })),
      [{ name: 'logs', type: 'datasource', query: 'loki', current: {}, options: [], refresh: 1, hide: 0 }],
    ) as JsonObject,
  },
];
