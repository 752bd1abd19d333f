import { describe, expect, it } from 'vitest';
import { divide, max, overPanelRange, tag, union } from '../../expression/operators';
import { contextOf } from '../../expression/testing/context';
import { promqlError } from '../../query/promql';
import { expandForParsing } from '../../query/variables';
import { thresholds } from '../../thresholds';
import { host } from '../host';
import { bindSignals, derive, queryOf } from '../signal';

const { cpuBusy, memoryUsed, diskBusy, diskQueue } = bindSignals(
  host,
  contextOf({}, { variables: { host: 'single' } }),
);

/** One column of the USE matrix: measures of different resources as one set of series, told apart by `resource`. */
const busy = derive(cpuBusy, 'matrix', (cpu) =>
  union(
    tag(max(cpu), 'resource', 'CPU'),
    tag(max(memoryUsed.expression), 'resource', 'Memory'),
    max(tag(max(diskBusy.expression, 'device' as never), 'resource', 'Disk {device}'), 'resource'),
  ),
);

describe('the USE matrix', () => {
  it('is one query a column', () => {
    expect(queryOf(busy)).toBe(
      [
        'label_replace(max(1 - avg by (host) (sum by (host, cpu) (rate(node_cpu_seconds_total{job="node", mode=~"idle|iowait|steal", host="$host"}[$__rate_interval])))), "resource", "CPU", "", "")',
        'label_replace(max(max by (host) (1 - node_memory_MemAvailable_bytes{job="node", host="$host"} / (node_memory_MemTotal_bytes{job="node", host="$host"} > 0))), "resource", "Memory", "", "")',
        'max by (resource) (label_replace(max by (device) (max by (host, device) (rate(node_disk_io_time_seconds_total{job="node", device=~"[a-z]+|nvme[0-9]+n[0-9]+|mmcblk[0-9]+", host="$host"}[$__rate_interval]))), "resource", "Disk $1", "device", "(.*)"))',
      ].join(' or '),
    );
    expect([...busy.labels]).toEqual(['resource']);
  });

  it('shows the worst of the time shown as well', () => {
    const worst = derive(busy, 'highest', (expression) => overPanelRange('max', expression));
    expect(queryOf(worst)).toMatch(/^max_over_time\(\(.+\)\[\$__range:1m\]\)$/);
    expect(promqlError(expandForParsing(queryOf(worst)))).toBeUndefined();
    expect(worst.id).toBe('host.cpuBusy:matrix:highest');
  });

  it('measures what waits as a share of its own limit', () => {
    const waiting = derive(diskQueue, 'of limit', (queue) => divide(queue, thresholds.diskQueue.critical), {
      unit: 'ratio',
    });
    expect(queryOf(waiting)).toMatch(/ \/ 10$/);
    expect(waiting.shown.id).toBe('percentunit');
  });
});
