import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { madeBy } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { stateTimeline } from './state-timeline';

/** A state timeline of very many rows, such as all addresses of a network: in order, a page at a time. */
export const pagedTimeline = (signal: Signal): PanelBuilder =>
  madeBy(() => stateTimeline(signal).height(tokens.height.pagedTimeline).perPage(tokens.timeline.perPage));
