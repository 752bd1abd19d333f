import { collapsed, defineDashboard, mark, section } from '../lib/dashboards/dashboard';
import { barGauge } from '../panels/gauges';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asNumber, labelTable, linkRows, shortTable, table } from '../panels/table';
import { timeseries } from '../panels/timeseries';
import { full, third } from '../panels/width';

export default defineDashboard({
  name: 'certificates',
  title: 'Network / Certificates',
  folder: 'Network',
  question: 'Which certificate runs out next, does renewal work, and what is not encrypted at all?',
  tags: ['network', 'blackbox_exporter'],
  reach: '30d',
  refresh: '5m',

  annotations: ({ probe }) => [mark('Renewed', probe.certificateRenewed)],
  links: ['home', 'network', 'internet'],

  sections: ({ probe }) => [
    section('Right now', [
      worstStat(probe.certificateTimeLeft).title('Next to run out').decimals(1),
      stat(probe.certificatesDue),
      stat(probe.certificates),
      stat(probe.oldTls),
      stat(probe.plainCount),
    ]),

    section('Which runs out next?', [
      linkRows(
        table(
          ['service'],
          asColour(probe.certificateTimeLeft),
          asColour(probe.certificateAnswers, 'Now'),
          asColour(probe.chainVerified),
          asNumber(probe.chainLeft),
        ),
        'service',
        'network',
      )
        .title('Certificates')
        .decimals(1)
        .span(14),
      barGauge(probe.certificateTimeLeft).min(0).decimals(1).span(10),
    ]),
    section('Does renewal work?', [full(timeseries(probe.certificateTimeLeft))]),
    section('How is it encrypted?', [
      third(labelTable(probe.tlsVersion, 'service', 'version')),
      third(labelTable(probe.cipher, 'service', 'cipher').title('Cipher')),
      third(linkRows(shortTable(['service', 'reach'], asColour(probe.plain)), 'service', 'network')),
    ]),

    collapsed('Who signed it?', [
      labelTable(probe.chain, 'service', 'subject', 'subjectalternative', 'issuer', 'fingerprint_sha256'),
    ]),
    collapsed('What answered', [stateTimeline(probe.services), stateTimeline(probe.exporterUp)]),
  ],
});
