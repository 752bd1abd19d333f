import webuiCatalog from '../catalog/recorded/open_webui_otel.json';
import {
  clamp,
  divide,
  highest,
  increase,
  max,
  quantile,
  rate,
  share,
  steadyTop,
  sum,
  count,
} from '../expression/operators';
import { defineSource, matching, not } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';

/** Open WebUI pushes by OTLP (`ENABLE_OTEL_METRICS`), so there is no `up`: what it last pushed is there for five minutes. */
const webui = defineSource(webuiCatalog, ['service']);

/** Answers of models and open lines last as long as the chat. */
const quick = {
  http_route: [not('/api/chat/completions'), not('/ollama/api/chat'), not('/ws/socket.io')],
} as const;
const answered = webui.metric('http_server_requests_total');
const refused = webui.metric('http_server_requests_total', { http_status_code: matching('5..') });

/** What Open WebUI tells of itself. */
export const openWebui = defineSignals('openWebui', {
  told: {
    title: 'Open WebUI',
    description: 'Whether Open WebUI tells anything: it pushes, and nobody asks it.',
    unit: 'state',
    values: { 1: { text: 'Up', state: 'ok' } },
    expression: clamp(count(webui.metric('webui_users_total'), 'service'), 0, 1),
  },
  users: {
    title: 'Accounts',
    description: 'How many people can sign in.',
    unit: 'count',
    expression: max(webui.metric('webui_users_total'), 'service'),
  },
  active: {
    title: 'People there',
    description: 'How many people have it open now.',
    unit: 'count',
    expression: max(webui.metric('webui_users_active'), 'service'),
  },
  requests: {
    title: 'Requests',
    description: 'What browsers and apps ask of it.',
    unit: 'requestsPerSecond',
    empty: 'No requests',
    expression: sum(rate(answered), 'service'),
  },
  requestsByStatus: {
    title: 'Requests by status',
    description: 'How it answers: 2.. is fine, 4.. is the asker’s mistake, 5.. its own.',
    unit: 'requestsPerSecond',
    empty: 'No requests',
    expression: steadyTop(8, sum(rate(answered), 'service', 'http_status_code')),
  },
  questions: {
    title: 'Questions',
    description: 'How many answers of models were asked for in the time shown.',
    unit: 'count',
    empty: 'None',
    expression: sum(
      increase(webui.metric('http_server_requests_total', { http_route: '/api/chat/completions' }), 'range'),
      'service',
    ),
  },
  errorShare: {
    title: 'Failed requests',
    description: 'Share of the requests that it failed at (status 5..): often the model behind it did not answer.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.requestErrors,
    empty: 'No requests',
    expression: share(sum(rate(refused), 'service'), sum(rate(answered), 'service')),
  },
  requestTime: {
    title: 'Request time',
    description: 'How long it takes to answer: 19 of 20 requests are faster. Answers of models are left out.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: divide(quantile(0.95, webui.metric('http_server_duration_milliseconds', quick), ['service']), 1000),
  },
  modelTime: {
    title: 'Time to an answer',
    description:
      'How long it takes until a model begins to answer, or has answered, as the app asked for: 19 of 20 are faster.',
    unit: 'seconds',
    levels: thresholds.modelAnswer,
    empty: 'Nobody asks',
    expression: divide(
      quantile(0.95, webui.metric('http_server_duration_milliseconds', { http_route: '/api/chat/completions' }), [
        'service',
      ]),
      1000,
    ),
  },
  slowest: {
    title: 'Slowest requests',
    description: 'The ten kinds of requests that took longest in the time shown: 19 of 20 of each were faster.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: highest(
      10,
      divide(
        quantile(
          0.95,
          webui.metric('http_server_duration_milliseconds', quick),
          ['service', 'http_method', 'http_route'],
          'range',
        ),
        1000,
      ),
    ),
  },
  failing: {
    title: 'Failing requests',
    description: 'The ten kinds of requests that it failed at most in the time shown.',
    unit: 'count',
    levels: thresholds.few,
    empty: 'None failed',
    expression: highest(10, sum(increase(refused, 'range'), 'service', 'http_method', 'http_route')),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  requestsLately: {
    title: 'Requests lately',
    description: 'How many requests were answered within ten minutes.',
    unit: 'count',
    empty: 'No requests',
    expression: sum(increase(answered, '10m'), 'service'),
  },
});
