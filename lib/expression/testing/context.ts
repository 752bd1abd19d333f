import type { Exporter, Homelab, SourceSettings } from '../../homelab/homelab';
import { resolveHomelab } from '../../homelab/resolve';
import type { PrintContext } from '../print';

/** A homelab of one host `nas` and, for each exporter named, an app on it, as a place to print for. */
export const contextOf = (
  given: {
    readonly exporters?: readonly (string | Exporter)[];
    readonly sources?: Readonly<Record<string, SourceSettings>>;
    readonly probes?: Homelab['probes'];
  } = {},
  shown: Partial<Pick<PrintContext, 'place' | 'variables'>> = {},
): PrintContext => {
  const exporters = (given.exporters ?? []).map((each) => (typeof each === 'string' ? { exporter: each } : each));
  const { sources, display } = resolveHomelab({
    hosts: [{ name: 'nas' }],
    apps: exporters.map((exporter) => ({ app: exporter.exporter, host: 'nas', exporters: [exporter] })),
    ...(given.sources && { sources: given.sources }),
    ...(given.probes && { probes: given.probes }),
  });
  return { sources, display, place: 'panel', variables: {}, ...shown };
};
