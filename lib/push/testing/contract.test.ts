import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from './contract';
import { runCase, type Subject } from './contract/run';
import { standInSubject } from './contract/stand-in-subject';
import { startGrafanaStandIn, type GrafanaStandIn } from './grafana';

let grafana: GrafanaStandIn;
let subject: Subject;
beforeAll(async () => {
  grafana = await startGrafanaStandIn();
  subject = standInSubject(grafana);
});
afterAll(() => grafana.stop());

describe.each(Object.entries(contract))('the stand-in, %s', (_, cases) => {
  it.each(cases.map((one) => [one.name, one.section, one] as const))(
    '%s (contract %s)',
    async (_name, _section, one) => {
      expect(await runCase(one, subject, 'x-')).toEqual([]);
      grafana.reset();
    },
  );
});
