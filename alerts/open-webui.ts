import { atLeast, atLevel } from '../lib/alerts/condition';
import { defineAlerts } from '../lib/alerts/define';

const pushed =
  'Nobody asks anything at night. That it is gone tells a probe: it pushes, so there is no target to be down.';

export default defineAlerts('open-webui', ({ openWebui: webui }) => [
  {
    name: 'OpenWebuiErrorRatio',
    signal: webui.errorShare,
    when: atLevel(webui.errorShare, 'warning'),
    and: [{ signal: webui.requestsLately, when: atLeast(20) }],
    for: '10m',
    forReason: 'While a model or the database restarts, some fail.',
    severity: 'warning',
    category: 'availability',
    pack: 'standard',
    summary: '{service} fails at many requests',
    description: '{value} of the requests to {service} fail inside it (at least {threshold}) for {for}.',
    impact: 'Chats end with an error, or do not open.',
    firstSteps: [
      'Look at the failing requests on the board: chats alone, or everything?',
      'Check what answers behind it: Ollama, or the address under Admin panel > Settings > Connections.',
      'Read its log at that time.',
    ],
    causes: ['The model behind it does not answer', 'Its database is locked or full', 'An update with a mistake'],
    silenceWhen: 'The machine with the models is switched off.',
    panel: { dashboard: 'open-webui', signal: webui.errorShare },
    noData: 'ok',
    noDataReason: pushed,
  },
  {
    name: 'OpenWebuiSlow',
    signal: webui.requestTime,
    when: atLevel(webui.requestTime, 'critical'),
    and: [{ signal: webui.requestsLately, when: atLeast(20) }],
    for: '15m',
    forReason: 'Somebody uploads documents for minutes.',
    severity: 'warning',
    category: 'performance',
    pack: 'all',
    summary: '{service} answers slowly',
    description:
      'Of the requests to {service}, answers of models left out, 1 of 20 takes {value} or more (at least {threshold}) for {for}.',
    impact: 'Pages and lists of chats open slowly.',
    firstSteps: [
      'Look at the slowest requests on the board: lists of models wait for each connection.',
      'Remove connections that do not answer, under Admin panel > Settings > Connections.',
      'Look at the processor of its machine: documents that are read in take all of it.',
    ],
    causes: ['A connection that does not answer', 'Documents that are read in', 'A database on a slow disk'],
    silenceWhen: 'Many documents are read in.',
    panel: { dashboard: 'open-webui', signal: webui.requestTime },
    noData: 'ok',
    noDataReason: pushed,
  },
]);
