import type { AlertCases } from '../lib/alerts/alert';
import type { CasesByAlert } from '../lib/alerts/promtool';

type Series = AlertCases['fires']['series'];

const series = (job: string, metric: string, labels = ''): string =>
  `${metric}{job="${job}", instance="ollama:1", service="ollama"${labels && `, ${labels}`}}`;
const labels = { service: 'ollama' };

const down = (job: string): AlertCases => ({
  fires: {
    series: { [series(job, 'ollama_up')]: '1x9 0x30' },
    silentAt: '14m',
    firesAt: '15m',
    labels,
    summary: 'ollama does not answer its exporter',
    description: 'The exporter of ollama has had no answer for 5m: Ollama is stopped or hangs.',
  },
  nearMiss: { because: 'it is updated', series: { [series(job, 'ollama_up')]: '1x9 0x3 1x30' }, at: '20m' },
});

/** A question a minute, of which each takes so many seconds from the tenth minute on. */
const asked = (job: string, metric: string, seconds: number, extra = ''): Series => ({
  [series(job, 'ollama_requests_total', `model="llama"${extra}`)]: '0+1x99',
  [series(job, `${metric}_sum`, `model="llama"${extra}`)]: `0x9 0+${seconds}x90`,
  [series(job, `${metric}_count`, `model="llama"${extra}`)]: '0+1x99',
});

const slow = (job: string, metric: string, extra = ''): AlertCases => ({
  fires: {
    series: asked(job, metric, 300, extra),
    silentAt: '21m',
    firesAt: '22m',
    labels,
    summary: 'Answers of ollama take minutes',
    description: 'Answers of ollama take 5m 0s on average (at least 2m) for 10m.',
  },
  nearMiss: { because: 'a minute is long, but not too long', series: asked(job, metric, 60, extra), at: '60m' },
});

const reading = (job: string): AlertCases => {
  const bucket = (le: string): string =>
    series(job, 'ollama_prompt_eval_duration_seconds_bucket', `model="llama", le="${le}"`);
  const took = (low: string, high: string): Series => ({
    [series(job, 'ollama_requests_total', 'model="llama"')]: '0+1x99',
    [bucket(low)]: '0+1x9 9x90',
    [bucket(high)]: '0+1x99',
    [bucket('+Inf')]: '0+1x99',
  });
  return {
    fires: {
      series: took('5', '20.48'),
      silentAt: '19m',
      firesAt: '20m',
      labels,
      summary: 'ollama takes long to begin an answer',
      description: 'Of the questions to ollama, 1 of 20 is read for 19.71s or more (at least 15s) for 10m.',
    },
    nearMiss: { because: 'it takes some seconds', series: took('1', '10'), at: '60m' },
  };
};

const turns = (job: string): AlertCases => {
  const loads = series(job, 'ollama_model_load_total', 'model="llama"');
  return {
    fires: {
      series: { [loads]: '0x9 0+1x120' },
      silentAt: '35m',
      firesAt: '36m',
      labels: { ...labels, model: 'llama' },
      summary: 'ollama loads a model again and again: llama',
      description: 'ollama loaded the model llama 26 times within an hour.',
    },
    nearMiss: { because: 'now and then', series: { [loads]: '0x9 1x10 2x10 3x10 4x90' }, at: '100m' },
  };
};

const stale = (job: string): AlertCases => {
  const heard = series(job, 'ollama_exporter_last_scrape_timestamp_seconds');
  const up = { [series(job, 'ollama_up')]: '1x60' };
  return {
    fires: {
      series: { ...up, [heard]: '0x60' },
      silentAt: '19m',
      firesAt: '20m',
      labels,
      summary: 'The exporter of ollama shows old numbers',
      description: 'The exporter of ollama heard all from it last 20m 0s ago, and goes on showing what it heard then.',
    },
    nearMiss: {
      because: 'Ollama is down, which is told',
      series: { [series(job, 'ollama_up')]: '0x60', [heard]: '0x60' },
      at: '30m',
    },
  };
};

const chat = ', endpoint="/api/chat"';

/** The cases of each exporter alone, by the name of its example homelab. */
export const ollamaVariants: Readonly<Record<string, CasesByAlert>> = {
  lucavb: { OllamaDown: down('ollama'), OllamaDataStale: stale('ollama') },
  maravexa: {
    OllamaDown: down('ollama'),
    OllamaSlow: slow('ollama', 'ollama_request_duration_seconds', chat),
    OllamaSlowFirstToken: reading('ollama'),
    OllamaModelsTakeTurns: turns('ollama'),
  },
  frcooper: {
    OllamaSlow: slow('ollama', 'ollama_response_seconds'),
    OllamaSlowFirstToken: reading('ollama'),
  },
};

const asking = 'ollama-exporter-lucavb';
const proxy = 'ollama-exporter-maravexa';

/** One of each, where one exporter asks and another is the proxy. */
export const ollamaCases: CasesByAlert = {
  OllamaDown: down(asking),
  OllamaDataStale: stale(asking),
  OllamaSlow: slow(proxy, 'ollama_request_duration_seconds', chat),
  OllamaSlowFirstToken: reading(proxy),
  OllamaModelsTakeTurns: turns(proxy),
};
