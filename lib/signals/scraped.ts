import type { Expression } from '../expression/expression';
import type { SignalDefinition } from './signal';
import { upOrDown } from './states';

/** Whether Prometheus reaches the exporters of something. `what`: as in "what tells of …". */
export const scrapedOf = (what: string, up: Expression<'service'>): SignalDefinition => ({
  title: 'Scraped',
  description: `Whether Prometheus reaches what tells of ${what}. While it does not, nothing here is known.`,
  unit: 'state',
  values: upOrDown,
  expression: up,
});
