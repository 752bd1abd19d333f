import type { Catalog } from '../catalog/catalog';
import type { Labels, Rows } from './content';
import type { Lives } from './families';
import type { World } from './world/world';

/** One exporter, or one probe, of the homelab: what a behaviour knows of where it is. */
export interface Place {
  readonly world: World;
  readonly catalog: Catalog;
  /** Tells it from all others, those of a fleet of another seed included: what its chances are drawn from. */
  readonly key: string;
  /** Name of the host it runs on, else its address: it has a machine of its own. */
  readonly host: string;
  /** Name of the service it describes. */
  readonly service: string;
  readonly address: string;
  readonly port: number;
  readonly version: string;
  readonly collectors: Readonly<Record<string, boolean>>;
  readonly lives: Lives;
}

/** What the metrics of an exporter hold. */
export interface Behaviour {
  /** What these labels say on this page, where a row does not say it. */
  readonly labels?: Labels;
  /** By name; null: this page does not have the metric. What is not named is as usual for its type and unit. */
  readonly metrics: Readonly<Record<string, Rows | null>>;
}

/** The behaviour of an exporter where it is. */
export type Behave = (place: Place) => Behaviour;
