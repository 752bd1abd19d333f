import { above, is } from '../lib/alerts/condition';
import { defineAlerts } from '../lib/alerts/define';

/** The alerts that every homelab has: is everything scraped, and would anybody be told? */
export default defineAlerts('scrape', ({ scrape, engine }, { alerting }) => {
  // Prometheus' own rules have an alert among Prometheus' own: PrometheusRuleFailures.
  const failingRules = {
    grafana: engine.grafanaRuleFailures,
    mimir: engine.mimirRuleFailures,
    vmalert: engine.vmalertRuleFailures,
    prometheus: engine.grafanaRuleFailures,
  }[alerting.engine];

  return [
    {
      name: 'DeadMansSwitch',
      heartbeat: true,
      signal: scrape.heartbeat,
      when: above(0),
      for: '0s',
      forReason: 'It fires always.',
      severity: 'info',
      category: 'monitoring',
      pack: 'essential',
      packReason: 'It is no message, but without it nobody notices when messages stop.',
      summary: 'Alerting works from end to end',
      description:
        'This alert fires all the time. Somebody elsewhere expects it every few minutes and calls when it stays away.',
      impact: 'None: it is the silence that means trouble.',
      firstSteps: [
        'Set `alerting.heartbeat` in the homelab file to the address of a watchdog outside the house.',
        'Choose one that waits longer than five minutes: healthchecks.io, or a monitor at a friend’s.',
        'Check Prometheus, the engine of the alerts, the receiver and the internet connection, in this order, when the watchdog calls.',
      ],
      causes: ['It fires by design', 'Its silence: power, internet, Prometheus, or what sends the messages'],
      silenceWhen: 'Never: silencing it is what it warns of.',
      noData: 'ok',
      noDataReason:
        'The query asks for no data at all, so an empty answer is a broken data source: the watchdog must hear nothing.',
    },
    {
      name: 'TargetDown',
      absenceOf: 'target',
      leavesOutWhileDown: ['host'],
      signal: scrape.programsUp,
      when: is(0),
      for: '5m',
      forReason: 'A restart or an update of a container takes a minute or two.',
      severity: 'warning',
      category: 'monitoring',
      pack: 'essential',
      packReason:
        'What it tells is missing, so alerts on it are blind: of the prober that is every service and the line.',
      summary: '{job} at {instance} does not answer Prometheus',
      description:
        'Prometheus has not been able to scrape {instance} (job {job}) for {for}. What it tells is missing on boards and in alerts.',
      impact: 'Panels have gaps, and alerts on it are blind. Perhaps the program itself is down.',
      firstSteps: [
        'Open Status > Targets in Prometheus and read the error of {instance}.',
        'Run curl on its metrics page from the machine that Prometheus runs on.',
        'Restart the exporter; read its log.',
        'Check what changed: a port, a password, a firewall, a certificate.',
      ],
      causes: [
        'The program or its exporter is stopped',
        'A port or address that changed',
        'Credentials that are refused',
        'It takes longer than the scrape may',
      ],
      silenceWhen: 'The program is stopped on purpose.',
      panel: { dashboard: 'prometheus', signal: scrape.down },
      noData: 'noData',
      noDataReason: 'Without a single target Prometheus scrapes nothing, not even itself.',
    },
    {
      name: 'TargetAbsent',
      absenceOf: 'target',
      signal: scrape.absent,
      when: is(1),
      for: '10m',
      forReason: 'While Prometheus starts or reads its configuration anew, targets are missing for a moment.',
      severity: 'warning',
      category: 'monitoring',
      pack: 'standard',
      summary: 'Prometheus does not know a target of {job}',
      description:
        'The homelab file names a target of the job {job}, and Prometheus has had nothing of that name for {for}, not even a failed scrape. The labels of this alert say which one.',
      impact: 'Boards and alerts on it are empty, and TargetDown cannot notice.',
      firstSteps: [
        'Open Status > Targets in Prometheus and look for the job {job}.',
        'Compare the scrape configuration that runs with the rendered one, prometheus/scrape.',
        'Run npm run render and load Prometheus’ configuration anew, or correct `sources` in the homelab file where your own configuration names things otherwise.',
      ],
      causes: [
        'The rendered scrape configuration is not the one that runs',
        'A job or a label that was renamed',
        'A target that was taken out of Prometheus, but not out of the homelab file',
      ],
      silenceWhen: 'You are about to add the target.',
      panel: { dashboard: 'prometheus', signal: scrape.absent },
      noData: 'ok',
      noDataReason: 'The query gives missing targets only; none is the normal state.',
    },
    {
      name: 'AlertRuleEvaluationFailing',
      signal: failingRules,
      when: above(0),
      only: {
        engines: ['grafana', 'mimir', 'vmalert'],
        because: 'Prometheus evaluates the alerts, and PrometheusRuleFailures tells of failing ones',
      },
      for: '15m',
      forReason: 'A data source that restarts makes evaluations fail for minutes.',
      severity: 'critical',
      category: 'monitoring',
      pack: 'essential',
      packReason: 'An alert that cannot be evaluated cannot fire, so silence means nothing.',
      summary: 'Alerts cannot be evaluated',
      description: 'Evaluations of alerts by {service} that failed within minutes: {value}. It goes on for {for}.',
      impact: 'An alert that cannot be evaluated cannot fire: nobody is told of what it watches.',
      firstSteps: [
        'Open the list of alert rules and look for those in error; each says why.',
        'Check that the data source answers.',
        'Render and load the rules again after an update of their data source.',
      ],
      causes: [
        'The data source is down or slow',
        'A rule that a newer version does not take',
        'A data source that was renamed',
      ],
      silenceWhen: 'The data source is being worked on.',
      panel: { dashboard: 'prometheus', signal: failingRules },
      noData: 'ok',
      noDataReason:
        'What evaluates the alerts may not be scraped; a watchdog on DeadMansSwitch notices when it is gone.',
    },
  ];
});
