import blackboxCatalog from '../catalog/recorded/blackbox_exporter.json';
import { defineSource } from '../expression/source';

/** Whether a probe reaches an app: where the homelab file has one for it. */
export const prober = defineSource(blackboxCatalog, ['service', 'host'], { added: ['group'] });
