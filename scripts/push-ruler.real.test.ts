import { afterAll, beforeAll, describe } from 'vitest';
import { describeWithVariable } from '../lib/proof/testing/with-programs';
import { startRulerStandIn, type RulerStandIn } from '../lib/ruler/testing/ruler-stand-in';
import { rulerStory } from './testing/ruler-story';

describe('a push to a stand-in for a ruler', () => {
  let standIn: RulerStandIn;
  beforeAll(async () => {
    standIn = await startRulerStandIn();
  });
  afterAll(() => standIn.stop());
  rulerStory(() => ({ url: standIn.url, tenant: null, namespace: 'hl' }));
});

describeWithVariable(
  ['RULER_URL'],
  'the address of a Mimir to write to, RULER_TENANT where it has tenants',
  'a push to a real ruler',
  () =>
    rulerStory(() => ({
      url: process.env['RULER_URL'] ?? '',
      tenant: process.env['RULER_TENANT'] || null,
      namespace: `s${process.pid}`,
    })),
);
