import { describe, expect, it } from 'vitest';
import { buildAlerts } from '../lib/alerts/define';
import everything from '../examples/homelabs/everything';
import { resolveHomelab } from '../lib/homelab/resolve';
import { renderRunbooks } from '../lib/render/runbooks';
import { casesHomelab } from './cases-homelab';
import { alerts } from './index';

const built = buildAlerts(alerts, resolveHomelab(casesHomelab), { everyEngine: true, everyPack: true });
const pages = renderRunbooks(built, (dashboard) => ({ board: dashboard, panel: 'A panel' }));
const pageOf = (name: string): string => pages.find((page) => page.name === name)?.text ?? '';

describe('runbooks', () => {
  it('are there for every alert, and listed', () => {
    const names = built.groups.flatMap((group) => group.alerts.map(({ name }) => name));
    expect(pages.map(({ name }) => name)).toEqual(['runbooks', ...names]);
    for (const name of names) expect(pageOf('runbooks')).toContain(`[${name}](${name}.md)`);
  });

  it('have no section that is empty, and no hole that nothing fills', () => {
    for (const { path, text } of pages) {
      expect(text, path).not.toMatch(/^## .*\n+(## |$(?![^]))/m);
      expect(text.replace(/```[^]*?```/g, ''), path).not.toMatch(/\{\w+\}|\{\{/);
    }
  });

  it('say what is decided in words', () => {
    const page = pageOf('HostFilesystemFilling');
    expect(page).toContain(
      '- Fires when *Filesystem used* is above 85%, and *Free tomorrow* is below 0%, and *Read-only* is Writable, for 1h.',
    );
    expect(page).toContain('Look at the panel *A panel* of the board *host-use*');
    expect(pageOf('HostCpuHigh')).toContain(
      '- For everybody: `alerts/host.ts`; its level is `cpuBusy` in `lib/thresholds.ts`',
    );
    expect(pageOf('HostCpuHigh')).toContain(
      "- To change it: `alerting: { alerts: { HostCpuHigh: { threshold: '90%' } } }` in the homelab file.",
    );
    expect(pageOf('HostFilesystemFull')).toContain(
      'A worse stage of [HostFilesystemAlmostFull](HostFilesystemAlmostFull.md).',
    );
  });

  it('can be had for all alerts in the largest example, too, but those on what another exporter or an older version of an app tells', () => {
    const { omissions } = buildAlerts(alerts, resolveHomelab(everything), { everyEngine: true, everyPack: true });
    expect(
      omissions.filter(
        ({ why }) =>
          !/^(nothing in the homelab file gives|needs one of) (\w+_jellyfin|jellyfin_|plex_|immich_exporter_|ollama_exporter_)/.test(
            why,
          ) && !/ of immich: gone since version 3\.0\.0/.test(why),
      ),
    ).toEqual([]);
  });
});
