import type { EnvironmentReference, Receiver } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import { receiverUid } from './uid';

/** Grafana and Alertmanager fill in the same Go templates, with other functions and other links. */
export type MessageEngine = 'grafana' | 'alertmanager';

/** One way to write a message: what a channel shows in bold, as a link, as a new line, and how much of it. */
interface Form {
  /** A Go expression of a text as the channel wants it: `<` is no tag. */
  readonly escape: (expression: string) => string;
  readonly bold: (expression: string) => string;
  readonly link: (label: string, url: string) => string;
  readonly newLine: string;
  /** Whether the title stands apart, as a subject does; else it is the first line. */
  readonly titleApart: boolean;
  /** Alerts that are written out: the channel cuts off what is longer, in the middle of a link if need be. */
  readonly most: number;
  /** Without first steps and without the links beside the first. */
  readonly brief?: true;
}

/** The templates that contact points and receivers name. */
const messageNames = [
  'title',
  'text',
  'brief',
  'discord',
  'slack',
  'telegram',
  'gotify',
  'matrix',
  'home-assistant',
] as const;
export type MessageName = (typeof messageNames)[number];

/** `hl.text`: defines are known by name across all files of Grafana. */
const messageName = ({ project }: Pick<ResolvedHomelab, 'project'>, name: MessageName): string => `${project}.${name}`;

/** `{{ template "hl.text" . }}`. */
export const message = (homelab: Pick<ResolvedHomelab, 'project'>, name: MessageName): string =>
  `{{ template "${messageName(homelab, name)}" . }}`;

/** Nobody reads more; the title says how many there are. */
const most = 10;

const asIs = (expression: string): string => expression;
/** Enough for Telegram, Slack, Matrix and Pushover, who know no other entities for certain. */
const asMarkup = (expression: string): string =>
  `(${expression} | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;")`;
const tag = (expression: string): string => `(printf "<b>%s</b>" ${expression})`;
const anchor = (label: string, url: string): string => `(printf "<a href=\\"%s\\">${label}</a>" ${asMarkup(url)})`;

const plain: Form = {
  escape: asIs,
  bold: asIs,
  link: (label, url) => `(printf "${label}: %s" ${url})`,
  newLine: '\\n',
  titleApart: true,
  most,
};
const html: Form = { escape: asMarkup, bold: tag, link: anchor, newLine: '\\n', titleApart: false, most: 6 };

const forms = {
  text: plain,
  // Pushover takes 1024 characters, and Grafana tells it that they are HTML.
  brief: {
    ...plain,
    escape: asMarkup,
    link: (label, url) => plain.link(label, asMarkup(url)),
    most: 3,
    brief: true,
  },
  // 2000 characters where Grafana sends it.
  discord: {
    ...plain,
    bold: (text) => `(printf "**%s**" ${text})`,
    link: (label, url) => `(printf "[${label}](<%s>)" ${url})`,
    most: 3,
  },
  slack: {
    ...plain,
    escape: asMarkup,
    bold: (text) => `(printf "*%s*" ${text})`,
    link: (label, url) => `(printf "<%s|${label}>" ${asMarkup(url)})`,
  },
  // 4096 characters.
  telegram: html,
  matrix: { ...html, newLine: '<br/>', most },
} as const satisfies Readonly<Record<string, Form>>;

/** What differs between the two engines. */
interface Dialect {
  /** A Go expression of an object with these expressions as values, as JSON. */
  readonly json: (entries: Readonly<Record<string, string>>) => string;
  readonly list: (...items: readonly string[]) => string;
  readonly object: (entries: Readonly<Record<string, string>>) => string;
  /** Statements that set `$panel` and `$silence` to addresses that open from anywhere, or leave them empty. */
  readonly links: string;
}

const pairs = (entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([key, value]) => `"${key}" ${value}`)
    .join(' ');

const dialectOf = (engine: MessageEngine, homelab: ResolvedHomelab): Dialect =>
  engine === 'grafana'
    ? {
        json: (entries) => `coll.Dict ${pairs(entries)} | data.ToJSON`,
        list: (...items) => `(coll.Slice ${items.join(' ')})`,
        object: (entries) => `(coll.Dict ${pairs(entries)})`,
        links: grafanaLinks(homelab),
      }
    : {
        json: (entries) => `dict ${pairs(entries)} | toJson`,
        list: (...items) => `(list ${items.join(' ')})`,
        object: (entries) => `(dict ${pairs(entries)})`,
        links: alertmanagerLinks(homelab),
      };

/** Grafana's own addresses begin with its `root_url`, `http://localhost:3000` unless somebody set it: the homelab's takes its place. */
const grafanaLinks = ({ urls }: ResolvedHomelab): string =>
  urls.grafana === undefined
    ? ''
    : [
        `{{- if $a.PanelURL }}{{ $panel = reReplaceAll "^.*?/d/" ${quoted(`${asReplacement(urls.grafana)}/d/`)} $a.PanelURL }}`,
        `{{- with $a.Labels.host }}{{ $panel = printf "%s&var-host=%s" $panel (urlquery .) }}{{ end }}{{ end }}`,
        `{{- with $a.Annotations.dashboard_url }}{{ $panel = . }}{{ end }}`,
        `{{- if $a.SilenceURL }}{{ $silence = reReplaceAll "^.*?/alerting/silence/" ${quoted(`${asReplacement(urls.grafana)}/alerting/silence/`)} $a.SilenceURL }}{{ end }}`,
      ].join('\n');

/** Alertmanager's page for a new silence reads `+` as a plus, not as a space. */
const alertmanagerLinks = ({ urls }: ResolvedHomelab): string =>
  [
    '{{- with $a.Annotations.dashboard_url }}{{ $panel = . }}{{ end }}',
    ...(urls.alertmanager === undefined
      ? []
      : [
          '{{- $filter := "" }}',
          '{{- range $a.Labels.SortedPairs }}{{ if $filter }}{{ $filter = printf "%s," $filter }}{{ end }}{{ $filter = printf "%s%s=%q" $filter .Name .Value }}{{ end }}',
          `{{- $silence = printf "%s/#/silences/new?filter=%s" ${quoted(urls.alertmanager)} (urlquery (printf "{%s}" $filter) | reReplaceAll "[+]" "%20") }}`,
        ]),
  ].join('\n');

const quoted = (text: string): string => JSON.stringify(text);
/** A text as the replacement of a regular expression. */
const asReplacement = (text: string): string => text.replaceAll('$', '$$$$');

/** `Sat 21 Nov 09:14 (Europe/Berlin)` of a Go expression of a time; without a zone in UTC, which is then said. */
const timeOf = (expression: string, { timeZone, display }: ResolvedHomelab): string => {
  const layout = quoted(display.clock === '12h' ? 'Mon 2 Jan 3:04 PM' : 'Mon 2 Jan 15:04');
  // `tz` and `date` came with Alertmanager 0.28; without a zone nothing of it is needed.
  return timeZone === 'browser'
    ? `(printf "%s UTC" (${expression}.UTC.Format ${layout}))`
    : `(printf "%s (%s)" (${expression} | tz ${quoted(timeZone)} | date ${layout}) ${quoted(timeZone)})`;
};

/** Labels that say where, beside those that only say what. */
const notWhere = '^(alertname|severity|category|job|grafana_folder|rulename|datasource_uid|ref_id|__.*)$';

/** Sets `$name`: `HostDown: nas does not answer`. An alert about a rule that Grafana could not evaluate names the rule. */
const nameStatement = [
  '{{- $name := $a.Labels.alertname }}',
  '{{- if $a.Labels.rulename }}{{ $name = printf "%s of %s" $name $a.Labels.rulename }}',
  '{{- else if $a.Annotations.summary }}{{ $name = printf "%s: %s" $name $a.Annotations.summary }}{{ end }}',
].join('\n');

/** Sets `$title`; the dot is the whole message. */
const titleStatements = [
  '{{- $firing := len .Alerts.Firing }}{{ $ended := len .Alerts.Resolved }}',
  '{{- $about := "alerts" }}{{ with .CommonLabels.host }}{{ $about = printf "alerts on %s" . }}{{ end }}',
  '{{- $of := "" }}{{ with .CommonLabels.alertname }}{{ $of = printf "%s: " . }}{{ end }}',
  '{{- if eq $firing 1 }}{{ range .Alerts.Firing }}{{ $a := . }}' + nameStatement + '{{ $title = $name }}{{ end }}',
  '{{- else if gt $firing 1 }}{{ $title = printf "%s%d %s" $of $firing $about }}',
  '{{- else if eq $ended 1 }}{{ range .Alerts.Resolved }}{{ $a := . }}' +
    nameStatement +
    '{{ $title = printf "Resolved: %s" $name }}{{ end }}',
  '{{- else }}{{ $title = printf "Resolved: %s%d %s" $of $ended $about }}{{ end }}',
  '{{- if and (gt $firing 0) (gt $ended 0) }}{{ $title = printf "%s, %d resolved" $title $ended }}{{ end }}',
].join('\n');

/** Sets `$text`, the body of a message in one form; `$title` must be set where the form has no other place for it. */
const textStatements = (form: Form, dialect: Dialect, homelab: ResolvedHomelab): string => {
  const end = `{{ if $text }}{{ $text = printf "%s${form.newLine}" $text }}{{ end }}`;
  const line = (expression: string): string => `${end}{{ $text = printf "%s%s" $text ${expression} }}`;
  const lineIf = (condition: string, expression: string): string =>
    `{{- if ${condition} }}${line(expression)}{{ end }}`;
  const labelled = (label: string, expression: string): string => `(printf "${label}: %s" ${form.escape(expression)})`;
  const name = (expression: string): string => lineIf('gt (len $.Alerts) 1', form.bold(form.escape(expression)));
  const [start, over] = [timeOf('$a.StartsAt', homelab), timeOf('$a.EndsAt', homelab)];
  const firing = [
    nameStatement,
    '{{- $panel := "" }}{{ $silence := "" }}',
    dialect.links,
    `{{- if gt (len $.Alerts) 1 }}${end}{{ end }}`,
    name('$name'),
    lineIf('$a.Annotations.description', form.escape('$a.Annotations.description')),
    lineIf('$a.Annotations.Error', form.escape('$a.Annotations.Error')),
    ...(form.brief ? [] : [whereStatement, lineIf('$where', labelled('Where', '$where'))]),
    lineIf('true', labelled('Since', start)),
    ...(form.brief ? [] : [lineIf('$a.Annotations.first_step', labelled('First', '$a.Annotations.first_step'))]),
    lineIf('$panel', form.link('Panel', '$panel')),
    ...(form.brief
      ? []
      : [
          lineIf('$a.Annotations.runbook_url', form.link('Runbook', '$a.Annotations.runbook_url')),
          lineIf('$silence', form.link('Silence', '$silence')),
        ]),
  ];
  const resolved = [
    nameStatement,
    `{{- if gt (len $.Alerts) 1 }}${end}{{ end }}`,
    name('(printf "Resolved: %s" $name)'),
    lineIf('true', `(printf "From %s to %s" ${start} ${over})`),
  ];
  return [
    `{{- $text = "" }}`,
    ...(form.titleApart ? [] : [lineIf('true', form.bold(form.escape('$title')))]),
    `{{- range $i, $a := .Alerts.Firing }}{{ if lt $i ${form.most} }}`,
    ...firing,
    '{{- end }}{{ end }}',
    `{{- range $i, $a := .Alerts.Resolved }}{{ if lt $i ${form.most} }}`,
    ...resolved,
    '{{- end }}{{ end }}',
    `{{- if or (gt (len .Alerts.Firing) ${form.most}) (gt (len .Alerts.Resolved) ${form.most}) }}${end}${line(`"Only the first ${form.most} are written out."`)}{{ end }}`,
  ]
    .filter(Boolean)
    .join('\n');
};

/** Sets `$where`: `host nas, mountpoint /data`. */
const whereStatement = [
  '{{- $where := "" }}',
  `{{- range $a.Labels.SortedPairs }}{{ if not (match ${quoted(notWhere)} .Name) }}`,
  '{{- if $where }}{{ $where = printf "%s, " $where }}{{ end }}{{ $where = printf "%s%s %s" $where .Name .Value }}',
  '{{- end }}{{ end }}',
].join('\n');

/** Sets `$urgent`, whether something of it is critical and fires, and `$click`, where a touch of the message leads. */
const urgencyStatements = (dialect: Dialect): string =>
  [
    '{{- $urgent := false }}{{ $click := "" }}',
    '{{- range .Alerts.Firing }}{{ $a := . }}{{ $panel := "" }}{{ $silence := "" }}',
    dialect.links,
    '{{- if and (eq $click "") $panel }}{{ $click = $panel }}{{ end }}{{ if eq .Labels.severity "critical" }}{{ $urgent = true }}{{ end }}{{ end }}',
  ]
    .filter(Boolean)
    .join('\n');

/** Sets `$priority`: of what is urgent, of what fires, of what is over. */
const priority = (urgent: number, firing: number, over: number): string =>
  `{{- $priority := ${over} }}{{ if $urgent }}{{ $priority = ${urgent} }}{{ else if gt (len .Alerts.Firing) 0 }}{{ $priority = ${firing} }}{{ end }}`;

/** The variables of a define, empty, so that parts of it can set them. */
const variables = '{{- $text := "" }}{{ $title := "" }}';

/**
 * Every text that we send, as Go templates for one engine. Texts are put together in variables, because Alertmanager cannot put what
 * one template gives into another's JSON.
 */
export const messageTemplates = (homelab: ResolvedHomelab, engine: MessageEngine): string => {
  const dialect = dialectOf(engine, homelab);
  const define = (name: string, statements: readonly string[], output: string): string =>
    `{{ define "${name}" -}}\n${[variables, ...statements].filter(Boolean).join('\n')}\n{{- ${output} }}\n{{- end }}\n`;
  const own = (name: MessageName): string => messageName(homelab, name);
  const text = (form: Form): string => textStatements(form, dialect, homelab);
  const both = [titleStatements, text(forms.text)];
  const urgent = urgencyStatements(dialect);
  // Alertmanager before 0.34 reads no file that names a function which it does not have.
  const forKind = (kind: Receiver['kind'], made: () => string): readonly string[] =>
    Object.values(homelab.alerting.receivers).some((receiver) => receiver.kind === kind) ? [made()] : [];
  return [
    define(own('title'), [titleStatements], '$title'),
    define(own('text'), [text(forms.text)], '$text'),
    // Alertmanager escapes what it sends as HTML, and ours is escaped already.
    define(own('brief'), [text(forms.brief)], '$text | safeHtml'),
    define(own('discord'), [text(forms.discord)], '$text'),
    define(own('slack'), [text(forms.slack)], '$text'),
    define(own('telegram'), [titleStatements, text(forms.telegram)], '$text | safeHtml'),
    ...forKind('gotify', () =>
      define(
        own('gotify'),
        [...both, urgent, priority(8, 5, 2), gotifyStatements(dialect)],
        dialect.json({
          title: '$title',
          message: '$text',
          priority: '$priority',
          extras: '$extras',
        }),
      ),
    ),
    ...forKind('matrix', () =>
      define(
        own('matrix'),
        [...both, '{{- $plain := printf "%s\\n%s" $title $text }}', text(forms.matrix)],
        dialect.json({ text: '$plain', html: '$text' }),
      ),
    ),
    ...forKind('home-assistant', () =>
      define(
        own('home-assistant'),
        [...both, urgent],
        dialect.json({ title: '$title', message: '$text', status: '.Status', urgent: '$urgent', url: '$click' }),
      ),
    ),
    ...Object.entries(homelab.alerting.receivers).flatMap(([name, receiver]) =>
      receiver.kind === 'ntfy' && (engine === 'grafana' || typeof receiver.topic === 'string')
        ? [define(ntfyName(homelab, name), [...both, urgent, ...ntfyStatements], ntfyJson(receiver.topic, dialect))]
        : [],
    ),
  ].join('\n');
};

/** What Gotify's app opens at a touch: an empty address would be one, too. */
const gotifyStatements = (dialect: Dialect): string => {
  const click = dialect.object({ click: dialect.object({ url: '$click' }) });
  const extras = dialect.object({ 'client::notification': click });
  return `{{- $extras := ${dialect.object({})} }}{{ if $click }}{{ $extras = ${extras} }}{{ end }}`;
};

/** A topic is part of ntfy's JSON, so each receiver of that kind has a template of its own. */
export const ntfyName = ({ project }: Pick<ResolvedHomelab, 'project'>, receiver: string): string =>
  `${project}.ntfy.${receiverUid(project, receiver)}`;

/** Before a topic that Grafana reads from its environment: a text that looks like a number would stop it from starting. */
export const topicMark = 'topic:';

const ntfyStatements = [
  priority(5, 3, 2),
  '{{- $tag := "warning" }}{{ if $urgent }}{{ $tag = "rotating_light" }}{{ else if eq .Status "resolved" }}{{ $tag = "white_check_mark" }}{{ end }}',
];

const ntfyJson = (topic: string | EnvironmentReference, dialect: Dialect): string =>
  dialect.json({
    topic: typeof topic === 'string' ? quoted(topic) : `(reReplaceAll "^${topicMark}" "" .Vars.topic)`,
    title: '$title',
    message: '$text',
    priority: '$priority',
    tags: dialect.list('$tag'),
    click: '$click',
  });
