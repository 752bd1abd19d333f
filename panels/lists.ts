import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { PanelBuilder as PlainPanelBuilder, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as DashboardListBuilder } from '@grafana/grafana-foundation-sdk/dashboardlist';
import { madeBy, recordFacts } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { stat } from './stat';
import { asColour, shortTable } from './table';

/** What fires in Grafana now, newest first. The SDK has no builder for it; the options are those of Grafana 12.3's `alertlist`. */
export const alertList = (title: string, description: string): PlainPanelBuilder =>
  madeBy(() => grafanaAlerts(title, description, 'list').span(tokens.width.half).height(tokens.height.list));

/** How many of Grafana's alerts fire now. */
export const alertCount = (title: string, description: string): PlainPanelBuilder =>
  madeBy(() => grafanaAlerts(title, description, 'stat').span(tokens.width.stat).height(tokens.height.stat));

/** What fires, told by whatever evaluates the alerts: the series that it writes, or Grafana's own list where Grafana does, which writes none. */
export const firingList = (alerts: Signal): Builder<Panel> =>
  alerts.missing
    ? alertList(alerts.title, alerts.description)
    : madeBy(() =>
        shortTable(['alertname', 'host', 'service'], asColour(alerts, 'State'))
          .height(tokens.height.list)
          .overrideByName('State', [{ id: 'custom.width', value: tokens.column.state }])
          .overrideByName('Alert', [{ id: 'custom.minWidth', value: tokens.column.name }]),
      );

/** How much fires, told by whatever evaluates the alerts. */
export const firingStat = (count: Signal): Builder<Panel> =>
  count.missing ? alertCount(count.title, count.description) : stat(count);

const grafanaAlerts = (title: string, description: string, viewMode: 'list' | 'stat'): PlainPanelBuilder => {
  const panel = new PlainPanelBuilder()
    .type('alertlist')
    .title(title)
    .description(description)
    .options({
      alertInstanceLabelFilter: '{severity!="info"}',
      alertName: '',
      dashboardAlerts: false,
      groupBy: [],
      groupMode: 'default',
      maxItems: 20,
      sortOrder: 1,
      stateFilter: {
        error: true,
        firing: true,
        noData: false,
        normal: false,
        pending: viewMode === 'list',
        recovering: true,
      },
      viewMode,
    });
  recordFacts(panel, {
    key: `alertlist ${viewMode === 'list' ? '' : 'count '}${title}`,
    look: 'alertlist',
    signals: [],
  });
  return panel;
};

/** Boards that carry all of the tags. */
export const dashboardList = (title: string, description: string, tags: readonly string[]): DashboardListBuilder =>
  madeBy(() => {
    const panel = new DashboardListBuilder()
      .title(title)
      .description(description)
      .span(tokens.width.half)
      .height(tokens.height.boards)
      .tags([...tags])
      // The titles say it already, and a list of two lines each shows half as many.
      .showFolderNames(false)
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
