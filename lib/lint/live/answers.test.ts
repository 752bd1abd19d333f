import { expect, it } from 'vitest';
import { prometheusServer } from '../../server/prometheus';
import { standIn, success } from '../../server/testing/stand-in';
import { answersOf } from './answers';

it('asks what rules want to know; what is refused has no answer, what breaks is one problem', async () => {
  const vector = { resultType: 'vector', result: [{ metric: { a: '1' }, value: [1, '2'] }] };
  const server = await standIn({
    '/api/v1/query': [
      success({ ...vector, stats: { timings: { evalTotalTime: 0.5 }, samples: { totalQueryableSamples: 7 } } }),
      { status: 422, text: '{"status":"error","error":"too many samples"}' },
    ],
    '/api/v1/query_range': { text: '<html>', type: 'text/html' },
  });
  const asked = prometheusServer(server.url, {}, { concurrency: 1 });
  const fine = { kind: 'cost', query: 'a' } as const;
  const refused = { kind: 'cost', query: 'b' } as const;
  const broken = { kind: 'range', query: 'c', seconds: 60, step: 60 } as const;
  const { answers, problems } = await answersOf(asked, [fine, refused, broken, { ...broken, query: 'd' }], 120);
  expect(answers.of(fine)).toMatchObject({ count: 1, seconds: 0.5, samples: 7 });
  expect(answers.of(refused)).toBeUndefined();
  expect(answers.of(broken)).toBeUndefined();
  expect(problems).toHaveLength(1);
  await server.stop();
});
