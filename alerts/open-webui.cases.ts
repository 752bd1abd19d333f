import type { CasesByAlert } from '../lib/alerts/promtool';

const series = (metric: string, labels: string): string => `${metric}{job="open-webui", instance="1", ${labels}}`;
const labels = { service: 'open-webui' };
const answered = (route: string, status: string): string =>
  series('http_server_requests_total', `http_method="GET", http_route="${route}", http_status_code="${status}"`);
const bucket = (route: string, le: string): string =>
  series('http_server_duration_milliseconds_bucket', `http_method="GET", http_route="${route}", le="${le}"`);
/** Sixty a minute, all of which take between the two bounds from the tenth minute on. */
const slow = (route: string): Readonly<Record<string, string>> => ({
  [bucket(route, '500')]: '0+60x9 540x90',
  [bucket(route, '5000')]: '0+60x99',
  [bucket(route, '+Inf')]: '0+60x99',
});

export const openWebuiCases: CasesByAlert = {
  OpenWebuiErrorRatio: {
    fires: {
      series: {
        [answered('/api/v1/chats/', '200')]: '0+54x60',
        [answered('/api/chat/completions', '500')]: '0x9 0+6x60',
      },
      silentAt: '22m',
      firesAt: '23m',
      labels,
      summary: 'open-webui fails at many requests',
      description: '10% of the requests to open-webui fail inside it (at least 5%) for 10m.',
    },
    nearMiss: {
      because: 'it is the askers who are not signed in',
      series: {
        [answered('/api/v1/chats/', '200')]: '0+54x60',
        [answered('/api/v1/chats/', '401')]: '0+60x60',
      },
      at: '40m',
    },
  },
  OpenWebuiSlow: {
    fires: {
      series: { [answered('/api/v1/models/', '200')]: '0+60x99', ...slow('/api/v1/models/') },
      silentAt: '24m',
      firesAt: '25m',
      labels,
      summary: 'open-webui answers slowly',
      description:
        'Of the requests to open-webui, answers of models left out, 1 of 20 takes 4.775s or more (at least 2s) for 15m.',
    },
    nearMiss: {
      because: 'models take their time',
      series: {
        [answered('/api/chat/completions', '200')]: '0+60x99',
        ...slow('/api/chat/completions'),
        [bucket('/api/v1/chats/', '500')]: '0+60x99',
        [bucket('/api/v1/chats/', '+Inf')]: '0+60x99',
      },
      at: '60m',
    },
  },
};
