import type { ActualObject, DesiredObject } from '../object';
import { withoutProvenance } from './alerting';
import type { StoreContext } from './context';
import { NamedStore } from './named';

/** Groups of notification templates by name. */
export class TemplateStore extends NamedStore<'template'> {
  constructor(context: StoreContext) {
    super(context, 'template');
  }

  protected send({ key, body }: DesiredObject, now: ActualObject | undefined): Promise<unknown> {
    return this.context.client.put(
      this.path(key),
      { template: body['template'], ...(now?.version !== undefined && { version: now.version }) },
      { headers: withoutProvenance },
    );
  }
}
