import type { Example, Rule } from '../rule';
import { exampleTexts } from './example-text';

/** A rule as a page of `docs/lint/`, made from the rule itself. */
export const rulePage = (rule: Rule): string =>
  [
    `# ${rule.id}`,
    '',
    `${sentence(rule.says)} Severity: **${rule.severity}**. ${needsInWords[rule.needs]}`,
    '',
    rule.why.trim(),
    ...(rule.instead ? ['', `**Instead**: ${rule.instead.trim()}`] : []),
    '',
    '## Reported',
    '',
    ...notShown,
    '',
    ...rule.rejects.flatMap((example) => [heading(example), '', ...shown(example), `> … ${example.because} …`, '']),
    '## Fine',
    '',
    ...rule.accepts.flatMap((example) => [heading(example), '', ...shown(example)]),
    '## To allow it',
    '',
    ...waysToAllow(rule),
    '',
    'Anywhere, in `homelab-lint.yaml`:',
    '',
    '```yaml',
    'allow:',
    `  - rule: ${rule.id}`,
    '    reason: why it is right here',
    '    until: 2027-01-31',
    '```',
    '',
  ].join('\n');

const notShown = ['What an example does not show is as it should be; variables are those of the board.'];

/** Beside what the rule looks at. */
const waysToAllow = ({ id, on }: Rule): readonly string[] => [
  ...(on === 'panel' || on === 'query'
    ? [`- Beside a panel of ours: \`allow(panel, '${id}', 'why it is right here')\``]
    : []),
  ...(on === 'alert' || on === 'query'
    ? [`- Beside an alert of ours: \`allowed: [{ rule: '${id}', reason: '…' }]\``]
    : []),
  ...(on === 'alert' || on === 'recording' || on === 'group' || on === 'query'
    ? [`- Above a rule or group in YAML: \`# lint allow ${id}: why it is right here\``]
    : []),
];

/** The list of all rules, for `docs/lint/README.md`. */
export const ruleTable = (rules: readonly Rule[]): string =>
  [
    '| rule | severity | looks at | needs | reports |',
    '| --- | --- | --- | --- | --- |',
    ...rules.map(
      ({ id, severity, on, needs, says }) =>
        `| [${id}](${id}.md) | ${severity} | ${on} | ${needs} | ${says.replaceAll('|', '\\|')} |`,
    ),
    '',
  ].join('\n');

/** A rule as text for a terminal: what, why, what instead, one example of each kind. */
export const explainRule = (rule: Rule): string => {
  const [bad] = rule.rejects;
  const [good] = rule.accepts;
  return [
    `${rule.id} (${rule.severity}, on each ${rule.on}): ${rule.says}`,
    '',
    rule.why.trim(),
    ...(rule.instead ? ['', rule.instead.trim()] : []),
    '',
    needsInWords[rule.needs],
    ...(bad ? ['', `reported: ${bad.name}`, ...inOnePiece(bad), `  -> … ${bad.because} …`] : []),
    ...(good ? ['', `fine: ${good.name}`, ...inOnePiece(good)] : []),
    '',
    `allowed where it is right: allow(panel, '${rule.id}', 'why'), or an entry in homelab-lint.yaml; docs/lint/${rule.id}.md says how`,
    '',
  ].join('\n');
};

const needsInWords: Readonly<Record<Rule['needs'], string>> = {
  nothing: 'Needs nothing but the file.',
  catalog: 'Asks the metric catalog, recorded or live.',
  server: 'Asks a live server: `--prometheus URL` or `--grafana URL`.',
};

const shown = (example: Example): readonly string[] =>
  exampleTexts(example).flatMap(({ language, file, text }) => [
    ...(file === undefined ? [] : [`\`${file}\`:`, '']),
    `\`\`\`${language}`,
    text,
    '```',
    '',
  ]);

/** An example in one piece, for a terminal. */
const inOnePiece = (example: Example): readonly string[] =>
  exampleTexts(example).flatMap(({ file, text }) => indented(file === undefined ? text : `${file}:\n${text}`));

/** What an example says beside its text: where it is only wrong, or right, because of that. */
const around = ({ own, interval, server, logs, homelab }: Example): string =>
  [
    own ? 'rendered by this library' : '',
    homelab ? 'of a homelab without such a data source' : '',
    interval === undefined ? '' : `a sample each ${interval} s`,
    server ? `on a server that has ${names(server.now)}` : '',
    logs ? `in a Loki with the labels ${names(Object.keys(logs))}` : '',
  ]
    .filter(Boolean)
    .join(', ');

const names = (all: readonly string[]): string =>
  all.length > 0 ? all.map((name) => `\`${name}\``).join(', ') : 'nothing';

/** `**A busy moment**, a sample each 60 s:` */
const heading = (example: Example): string => {
  const more = around(example);
  return `**${example.name.charAt(0).toUpperCase()}${example.name.slice(1)}**${more ? `, ${more}` : ''}`;
};

const indented = (text: string): readonly string[] => text.split('\n').map((line) => `  ${line}`);

const sentence = (text: string): string => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};

/** All rules, one a line, for a terminal. */
export const listRules = (rules: readonly Rule[]): string => {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, needs, says }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${needs.padEnd(7)}  ${says}\n`)
    .join('');
};
