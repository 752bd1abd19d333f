import { expect } from 'vitest';
import { buildAlerts } from '../lib/alerts/define';
import { promtoolTests, runPromtool } from '../lib/alerts/promtool';
import { resolveHomelab } from '../lib/homelab/resolve';
import { withPrograms } from '../lib/proof/testing/with-programs';
import arr from './arr';
import { arrVariants } from './arr.cases';
import { casesHomelab } from './cases-homelab';
import downloads from './downloads';
import { downloadsCases, sabnzbdCases } from './downloads.cases';
import immich from './immich';
import { immichVariants } from './immich.cases';
import { alerts } from './index';
import jellyfin from './jellyfin';
import { jellyfinVariants } from './jellyfin.cases';
import ollama from './ollama';
import { ollamaVariants } from './ollama.cases';
import plex from './plex';
import { plexVariants } from './plex.cases';
import seerr from './seerr';
import { seerrVariants } from './seerr.cases';
import tautulli from './tautulli';
import { tautulliVariants } from './tautulli.cases';
import { allCases } from './testing/all-cases';
import { itFires, variantsFire } from './testing/variants';
import uptimeKuma from './uptime-kuma';
import { uptimeKumaOldCases } from './uptime-kuma.cases';

withPrograms(
  ['promtool'],
  'all alerts are silent at the last silent sample, fire at the next, and stay silent at a near miss',
  () => {
    const homelab = resolveHomelab(casesHomelab);
    const built = buildAlerts(alerts, homelab, { everyEngine: true, everyPack: true });
    const tests = promtoolTests(built, allCases, homelab);
    expect(tests.map(({ alert }) => alert).sort()).toEqual(Object.keys(allCases).sort());
    expect(runPromtool(tests)).toBe('');
  },
);

variantsFire('arr', arr, arrVariants());
itFires('variant-downloads.ts', downloads, downloadsCases);
itFires('variant-arr-exportarr-v2.ts', downloads, sabnzbdCases);
variantsFire('immich', immich, immichVariants);
variantsFire('jellyfin', jellyfin, jellyfinVariants());
variantsFire('ollama', ollama, ollamaVariants);
variantsFire('plex', plex, plexVariants);
variantsFire('seerr', seerr, seerrVariants);
variantsFire('tautulli', tautulli, tautulliVariants);
itFires('variant-uptime-kuma-v1.ts', uptimeKuma, uptimeKumaOldCases);
