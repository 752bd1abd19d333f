import { describe, expectTypeOf, it } from 'vitest';
import type { Catalog } from './catalog';
import blackbox from './recorded/blackbox_exporter.json';
import nodeExporter from './recorded/node_exporter.json';
import scrape from './recorded/scrape.json';
import type { LabelName, LabelValue, MetricName } from './typed';

// tsc compiles this file (`npm run check`): an error that is expected and does not come is an error.
describe('names from a catalog', () => {
  type Node = typeof nodeExporter;
  type Blackbox = typeof blackbox;

  it('knows metrics', () => {
    const name: MetricName<Node> = 'node_cpu_seconds_total';
    // @ts-expect-error misspelt
    const misspelt: MetricName<Node> = 'node_cpu_second_total';
    // @ts-expect-error of another source
    const foreign: MetricName<Node> = 'probe_success';
    void [name, misspelt, foreign];
  });

  it('knows the labels of each metric', () => {
    const label: LabelName<Node, 'node_cpu_seconds_total'> = 'cpu';
    // @ts-expect-error misspelt
    const misspelt: LabelName<Node, 'node_cpu_seconds_total'> = 'cpus';
    // @ts-expect-error of another metric
    const foreign: LabelName<Node, 'node_cpu_seconds_total'> = 'mountpoint';
    void [label, misspelt, foreign];
    expectTypeOf<LabelName<Node, 'node_load1'>>().toBeNever();
    expectTypeOf<LabelName<typeof scrape, 'up'>>().toBeNever();
  });

  it('knows closed values, and leaves the others open', () => {
    const mode: LabelValue<Node, 'node_cpu_seconds_total', 'mode'> = 'idle';
    // @ts-expect-error misspelt
    const misspelt: LabelValue<Node, 'node_cpu_seconds_total', 'mode'> = 'idel';
    // @ts-expect-error a phase of another prober
    const foreign: LabelValue<Blackbox, 'probe_icmp_duration_seconds', 'phase'> = 'tls';
    const open: LabelValue<Node, 'node_filesystem_avail_bytes', 'mountpoint'> = '/anywhere';
    void [mode, misspelt, foreign, open];
    expectTypeOf<LabelValue<Blackbox, 'probe_icmp_duration_seconds', 'phase'>>().toEqualTypeOf<
      'resolve' | 'setup' | 'rtt'
    >();
    expectTypeOf<LabelValue<Node, 'node_filesystem_avail_bytes', 'mountpoint'>>().toEqualTypeOf<string>();
  });

  it('takes any name of a catalog that is only known at run time', () => {
    expectTypeOf<MetricName<Catalog>>().toEqualTypeOf<string>();
    expectTypeOf<LabelName<Catalog, string>>().toEqualTypeOf<string>();
    expectTypeOf<LabelValue<Catalog, string, string>>().toEqualTypeOf<string>();
  });
});
