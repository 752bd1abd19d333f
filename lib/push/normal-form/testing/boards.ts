import { alerts } from '../../../../alerts/index';
import { dashboards } from '../../../../dashboards/index';
import type { Json } from '../../../grafana-json/json';
import { readHomelab } from '../../../homelab/read';
import { resolveHomelab } from '../../../homelab/resolve';
import { render, type Rendered } from '../../../render/render';

/** All that an example homelab needs, as rendered. */
export const renderExample = (name: string): Rendered =>
  render(resolveHomelab(readHomelab(`${__dirname}/../../../../examples/homelabs/${name}.ts`)), { dashboards, alerts });

/** Every board of some example homelabs, as rendered, with its uid, the smallest first. */
export const exampleBoards = (...homelabs: readonly string[]): readonly (readonly [string, Json])[] =>
  homelabs
    .flatMap((homelab) =>
      renderExample(homelab).boards.map(({ uid, json }): [string, Json] => [`${homelab}/${uid}`, { ...json } as Json]),
    )
    .map((board) => ({ board, size: JSON.stringify(board).length }))
    .sort((left, right) => left.size - right.size)
    .map(({ board }) => board);
