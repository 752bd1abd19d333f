import type { CasesByAlert } from '../../lib/alerts/promtool';
import { arrCases } from '../arr.cases';
import { downloadsCases } from '../downloads.cases';
import { hostCases } from '../host.cases';
import { immichCases } from '../immich.cases';
import { internetCases } from '../internet.cases';
import { jellyfinCases } from '../jellyfin.cases';
import { plexCases } from '../plex.cases';
import { ollamaCases } from '../ollama.cases';
import { openWebuiCases } from '../open-webui.cases';
import { probeCases } from '../probe.cases';
import { prometheusCases } from '../prometheus.cases';
import { scrapeCases } from '../scrape.cases';
import { uptimeKumaCases } from '../uptime-kuma.cases';
import { seerrCases } from '../seerr.cases';
import { tautulliCases } from '../tautulli.cases';
import { tdarrCases } from '../tdarr.cases';

/** The cases of every alert, in the homelab of the cases. */
export const allCases: CasesByAlert = {
  ...arrCases,
  ...downloadsCases,
  ...hostCases,
  ...immichCases,
  ...internetCases,
  ...jellyfinCases,
  ...ollamaCases,
  ...openWebuiCases,
  ...probeCases,
  ...prometheusCases,
  ...scrapeCases,
  ...uptimeKumaCases,
  ...plexCases,
  ...seerrCases,
  ...tautulliCases,
  ...tdarrCases,
};
