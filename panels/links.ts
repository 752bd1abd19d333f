import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';

/** A panel whose values can be clicked. */
interface Clickable {
  dataLinks(links: Builder<DashboardLink>[]): this;
}

/** Makes each series open a board with the value of its label picked, in the same time range; nothing where that board is not rendered. */
export const linkSeries = <P extends Clickable>(panel: P, label: string, board: string): P =>
  panel.dataLinks([link(`board:${board}?var-${label}=\${__field.labels.${label}:percentencode}&\${__url_time_range}`)]);

/** Makes the values of panels open a board in the same time range. */
export const linkValues = <P extends Clickable>(board: string, ...panels: readonly P[]): readonly P[] =>
  panels.map((panel) => panel.dataLinks([link(`board:${board}?\${__url_time_range}`)]));

const link = (url: string): DashboardLinkBuilder =>
  new DashboardLinkBuilder('Open it').type(DashboardLinkType.Link).url(url);
