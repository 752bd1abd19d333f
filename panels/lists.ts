import { PanelBuilder as PlainPanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as DashboardListBuilder } from '@grafana/grafana-foundation-sdk/dashboardlist';
import { madeBy, recordFacts } from '../lib/panel-facts';
import { tokens } from '../lib/tokens';

/** What fires in Grafana now, grouped by nothing, newest first. The SDK has no builder for it; the options are those of Grafana 12.3's `alertlist`. */
export const alertList = (title: string, description: string): PlainPanelBuilder =>
  madeBy(() => {
    const panel = new PlainPanelBuilder()
      .type('alertlist')
      .title(title)
      .description(description)
      .span(tokens.width.half)
      .height(tokens.height.list)
      .options({
        alertInstanceLabelFilter: '',
        alertName: '',
        dashboardAlerts: false,
        groupBy: [],
        groupMode: 'default',
        maxItems: 20,
        sortOrder: 1,
        stateFilter: { error: true, firing: true, noData: false, normal: false, pending: true, recovering: true },
        viewMode: 'list',
      });
    recordFacts(panel, { key: `alertlist ${title}`, look: 'alertlist', signals: [] });
    return panel;
  });

/** Boards that carry all of the tags. */
export const dashboardList = (title: string, description: string, tags: readonly string[]): DashboardListBuilder =>
  madeBy(() => {
    const panel = new DashboardListBuilder()
      .title(title)
      .description(description)
      .span(tokens.width.half)
      .height(tokens.height.list)
      .tags([...tags])
      .showSearch(true)
      .showStarred(false)
      .showRecentlyViewed(false)
      .showHeadings(false)
      .keepTime(true)
      .includeVars(true)
      .maxItems(30);
    recordFacts(panel, { key: `dashlist ${tags.join(',')}`, look: 'dashlist', signals: [] });
    return panel;
  });
