import type { Amount, Value } from '../content';
import type { Place } from '../place';
import { befalls } from '../world/world';

/** 1 while the media server answers, else 0. */
export const isUp =
  ({ world, service }: Place): Amount =>
  (time) =>
    Number(!befalls(world, 'media-server-down', service, time));

/** A value while the media server answers; else the series is not there. */
export const whileUp =
  (place: Place, value: Value): Value =>
  (time) =>
    isUp(place)(time) === 1 ? value(time) : undefined;
