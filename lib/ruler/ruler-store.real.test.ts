import { describeWithVariable } from '../proof/testing/with-programs';
import { rulerCases } from './testing/ruler-cases';

describeWithVariable(
  ['RULER_URL'],
  'the address of a Mimir to write to, RULER_TENANT where it has tenants',
  'rule groups of a real ruler',
  () =>
    rulerCases(() => ({
      url: process.env['RULER_URL'] ?? '',
      tenant: process.env['RULER_TENANT'] || null,
      namespace: `t${process.pid}`,
    })),
);
