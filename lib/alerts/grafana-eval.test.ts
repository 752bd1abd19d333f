import { describe, expect, it } from 'vitest';
import { grafanaRule } from '../render/grafana-alerting';
import { evaluationRequest, firingOf, seriesOf, type EvaluationResponse } from './grafana-eval';
import { buildSample, sampleHomelab } from './testing/sample';

const homelab = sampleHomelab();
const rule = grafanaRule(buildSample(homelab, {}).groups[0]!.alerts[0]!, homelab, () => undefined);

const frame = (labels: Readonly<Record<string, string>>, value: number) => ({
  schema: { fields: [{ type: 'number', labels }] },
  data: { values: [[value]] },
});
const answer: EvaluationResponse = {
  results: {
    A: { status: 200, frames: [frame({ host: 'nas' }, 0.95), frame({ host: 'pi' }, 0.1)] },
    C: { status: 200, frames: [frame({ host: 'nas' }, 1), frame({ host: 'pi' }, 0)] },
    E: { status: 500, error: 'connection refused' },
  },
};

describe('one evaluation by a Grafana', () => {
  it('asks what the rendered rule asks', () => {
    const request = evaluationRequest(rule, new Date(0));
    expect(request).toMatchObject({ condition: 'C', now: '1970-01-01T00:00:00.000Z' });
    expect(request.data).toEqual(rule.data.map((query) => ({ queryType: '', ...query })));
    expect(evaluationRequest(rule)).not.toHaveProperty('now');
  });

  it('is read by node', () => {
    expect(seriesOf(answer, 'A')).toEqual([
      { labels: { host: 'nas' }, value: 0.95 },
      { labels: { host: 'pi' }, value: 0.1 },
    ]);
    expect(firingOf(answer, 'C')).toEqual([{ host: 'nas' }]);
  });

  it('fails with the words of Grafana, which answers 200 all the same', () => {
    expect(() => seriesOf(answer, 'E')).toThrow(/could not evaluate E: connection refused/);
    expect(() => seriesOf(answer, 'B')).toThrow(/no node B/);
  });
});
