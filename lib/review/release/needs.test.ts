import { describe, expect, it } from 'vitest';
import { casesHomelab } from '../../../alerts/cases-homelab';
import { resolveHomelab } from '../../homelab/resolve';
import { bindAll } from '../../signals/index';
import { needsOf, newlyNeeded } from './needs';

const { sources, display } = resolveHomelab(casesHomelab);
const { host } = bindAll({ sources, display, place: 'alert', variables: {} });

describe('needsOf', () => {
  it('names metrics, the labels that are matched and those that are grouped by, and no others', () => {
    expect(needsOf([host.cpuBusy])).toEqual({ node_exporter: { node_cpu_seconds_total: ['cpu', 'host', 'mode'] } });
  });

  it('adds labels that a text names, where the metric has them', () => {
    expect(needsOf([host.kernel])['node_exporter']?.['node_uname_info']).not.toContain('domainname');
    expect(needsOf([host.kernel], ['{host} runs {domainname}, {nonsense}'])['node_exporter']).toMatchObject({
      node_uname_info: expect.arrayContaining(['host', 'domainname']) as unknown,
    });
    expect(JSON.stringify(needsOf([host.kernel], ['{nonsense}']))).not.toContain('nonsense');
  });
});

describe('newlyNeeded', () => {
  const needs = { node: { a: ['host'], b: [] } };

  it('is nothing where nothing is', () => {
    expect(newlyNeeded(needs, needs)).toEqual({});
    expect(newlyNeeded(needs, { node: { b: [] } })).toEqual({});
  });

  it('is a source, a metric, or a label', () => {
    expect(newlyNeeded(needs, { ...needs, other: { c: ['x'] } })).toEqual({ other: { c: ['x'] } });
    expect(newlyNeeded(needs, { node: { ...needs.node, c: [] } })).toEqual({ node: { c: [] } });
    expect(newlyNeeded(needs, { node: { a: ['device', 'host'] } })).toEqual({ node: { a: ['device'] } });
  });
});
