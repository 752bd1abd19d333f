import type { ResolvedHomelab } from '../../homelab/resolved';
import { grafanaDataSources } from '../../render/grafana-provisioning';
import type { DesiredObject } from '../object';
import { plain } from './plain';

/**
 * Data sources, in `owned` mode only. None is the default one, unlike in the files: Grafana takes that from whatever has it without a word, and nobody gives it
 * back (12.3).
 */
export const desiredDataSources = (homelab: ResolvedHomelab): readonly DesiredObject[] =>
  grafanaDataSources(homelab).map((body) => ({
    kind: 'data-source',
    key: String(body['uid']),
    title: String(body['name']),
    body: plain({ ...body, isDefault: false }),
  }));
