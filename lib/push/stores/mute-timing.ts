import type { ActualObject, DesiredObject } from '../object';
import { withoutProvenance } from './alerting';
import type { StoreContext } from './context';
import { NamedStore } from './named';

/** Mute timings by name. */
export class MuteTimingStore extends NamedStore<'mute-timing'> {
  constructor(context: StoreContext) {
    super(context, 'mute-timing');
  }

  protected send({ key, body: wanted }: DesiredObject, now: ActualObject | undefined): Promise<unknown> {
    const { client } = this.context;
    const body = { ...wanted, name: key, ...(now?.version !== undefined && { version: now.version }) };
    const options = { headers: withoutProvenance };
    return now ? client.put(this.path(key), body, options) : client.post(this.listPath, body, options);
  }
}
