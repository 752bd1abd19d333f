import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { GrafanaClient } from '../lib/grafana/client';
import { catalogsBeside } from '../lib/homelab/catalogs';
import type { Homelab } from '../lib/homelab/homelab';
import { ownHomelabs, readHomelab } from '../lib/homelab/read';
import { newsIn } from '../lib/init/compare';
import { readCompose } from '../lib/init/compose';
import { lookAtGrafana } from '../lib/init/look-grafana';
import { lookAtPrometheus } from '../lib/init/look-prometheus';
import type { Answers, Proposal, Question } from '../lib/init/proposal';
import { propose, type Looked } from '../lib/init/propose';
import type { SeenCompose, SeenGrafana, SeenPrometheus } from '../lib/init/seen';
import { toTypeScript, toYaml } from '../lib/init/write';
import { allowedNames } from '../lib/homelab/nearest';
import { serverAddress } from '../lib/server/address';
import { authenticationFromEnv } from '../lib/server/authentication';
import { grafanaDoor } from '../lib/server/grafana';
import { probe } from '../lib/server/probe';
import { prometheusServer, type PrometheusServer } from '../lib/server/prometheus';

export interface InitArguments {
  readonly prometheus: string | undefined;
  readonly grafana: string | undefined;
  readonly compose: readonly string[] | undefined;
  readonly example: string | undefined;
  readonly out: string | undefined;
}

/** Fix the command line. */
class UsageError extends Error {
  readonly exitCode = 2;

  constructor(
    readonly what: string,
    readonly evidence: string,
    readonly next: string,
  ) {
    super(what);
  }

  format(): string {
    return `error: ${this.what}\n  ${this.evidence}\n  try: ${this.next}\n`;
  }
}

/** Looks, asks what is open, writes a new file or says what is new beside an existing one; gives the exit code. */
export const runInit = async (given: InitArguments): Promise<number> => {
  const out = resolve(given.out ?? 'home/homelab.ts');
  if (!['.ts', '.yaml', '.yml'].includes(extname(out)))
    throw new UsageError(
      `--out ${given.out} is no homelab file`,
      'its name must end in .ts or .yaml',
      '--out home/homelab.yaml',
    );
  const existing = existsSync(out) ? out : given.out === undefined ? ownHomelabs(process.cwd())[0] : undefined;
  if (given.example !== undefined) return startFromExample(given, out, existing);
  if (given.prometheus === undefined && given.grafana === undefined && (given.compose ?? []).length === 0)
    throw new UsageError(
      'nothing to look at',
      'give at least one of --prometheus URL, --grafana URL, --compose FILE..., --example NAME',
      'npm run init -- --prometheus http://localhost:9090',
    );
  const looked = await look(given);
  refuseNothing(looked);
  const catalogs = catalogsBeside(out);
  const proposal = await settle((answers) => propose(looked, answers, catalogs), existing === undefined);
  return existing === undefined ? write(proposal, out) : compare(proposal, existing);
};

/** A file about nothing helps nobody. */
const refuseNothing = ({ prometheus, grafana, compose }: Looked): void => {
  if (prometheus && prometheus.sources.length + prometheus.open.length === 0)
    throw new UsageError(
      `${prometheus.url} scrapes nothing`,
      'it answers, and has no series `up` and no label `job` of the last two hours',
      `open ${prometheus.url}/targets, or npm run init -- --example minimal`,
    );
  if (compose && !prometheus && !grafana && compose.services.length === 0)
    throw new UsageError(
      'the compose files have no services',
      compose.unsaid.join('\n  ') || 'they are empty',
      'name the file that docker compose reads',
    );
};

const look = async ({ prometheus, grafana, compose }: InitArguments): Promise<Looked> => {
  const [seenPrometheus, seenGrafana] = await Promise.all([
    prometheus === undefined ? undefined : seePrometheus(prometheusServer(prometheus, process.env)),
    grafana === undefined ? undefined : seeGrafana(grafana),
  ]);
  const through =
    grafana === undefined || prometheus !== undefined ? undefined : await seeThroughGrafana(grafana, seenGrafana);
  return {
    ...((seenPrometheus ?? through) && { prometheus: (seenPrometheus ?? through) as SeenPrometheus }),
    ...(seenGrafana && { grafana: seenGrafana }),
    ...(compose && compose.length > 0 && { compose: seeCompose(compose) }),
    machine: { name: hostname(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? '' },
  };
};

const seePrometheus = async (server: PrometheusServer): Promise<SeenPrometheus> => {
  // Says in one sentence what answers there when that is no Prometheus.
  await probe(server);
  return lookAtPrometheus(server, { catalogs: catalogsBeside(resolve('home/homelab.ts')), now: Date.now() / 1000 });
};

/** The Prometheus behind a Grafana's data source, where only the Grafana was named. */
const seeThroughGrafana = async (url: string, seen: SeenGrafana | undefined): Promise<SeenPrometheus | undefined> => {
  const door = grafanaDoor(url, process.env);
  const sources = (seen?.dataSources ?? []).filter(({ type }) => type === 'prometheus');
  const source = sources.find(({ isDefault }) => isDefault) ?? sources[0];
  if (!source) return undefined;
  return { ...(await seePrometheus(door.prometheus(source.uid))), dataSource: source.uid };
};

const seeGrafana = async (url: string): Promise<SeenGrafana> => {
  const address = serverAddress(url, '--grafana', '--grafana http://localhost:3000');
  return lookAtGrafana(new GrafanaClient(address, authenticationFromEnv('GRAFANA', process.env)));
};

const seeCompose = (given: readonly string[]): SeenCompose => {
  const files = given.map((file) => {
    if (!existsSync(file))
      throw new UsageError(
        `there is no ${file}`,
        'given as --compose',
        'name a compose file, or the folder that has it',
      );
    return relative(process.cwd(), statSync(file).isDirectory() ? composeIn(file) : resolve(file));
  });
  return readCompose(files, {
    read: (file) => (existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined),
    environment: process.env,
  });
};

const composeIn = (folder: string): string => {
  const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
  const name = names.find((each) => existsSync(join(folder, each)));
  if (name !== undefined) return resolve(folder, name);
  throw new UsageError(`no compose file in ${folder}`, `looked for ${names.join(', ')}`, `--compose ${folder}/FILE`);
};

/** Asks what only the reader can say, where there is one. */
const settle = async (make: (answers: Answers) => Proposal, isNew: boolean): Promise<Proposal> => {
  let proposal = make({});
  if (!process.stdin.isTTY || !process.stdout.isTTY || !isNew) return proposal;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Who ends the input has no answers left: the rest stays open.
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    let answers: Answers = {};
    for (let [question] = proposal.questions; question; [question] = proposal.questions) {
      const answer = await answerTo(question, (text) => Promise.race([terminal.question(text), ended]));
      answers = { ...answers, [question.id]: answer };
      proposal = make(answers);
    }
    return proposal;
  } finally {
    terminal.close();
  }
};

const answerTo = async (question: Question, ask: (text: string) => Promise<string>): Promise<string> => {
  const { text, choices, pattern, otherwise } = question;
  for (;;) {
    const given = (await ask(`${text}?${choices ? ` (${choices.join(', ')})` : ''} [${otherwise}] `)).trim();
    if (given === '') return otherwise;
    if (choices?.includes(given) ?? pattern?.test(given) ?? true) return given;
  }
};

const write = (proposal: Proposal, out: string): number => {
  const text =
    extname(out) === '.ts'
      ? toTypeScript(proposal)
      : toYaml(proposal, relative(dirname(out), join(__dirname, '../lib/homelab/homelab.schema.json')));
  create(out, text);
  process.stdout.write(
    `${[...proposal.report, `wrote ${shown(out)}: ${summary(proposal.homelab)}`, 'next: npm run render'].join('\n')}\n`,
  );
  sayWhatIsOpen(proposal);
  return 0;
};

/** A file that came to be there since it was looked for stays as it is. */
const create = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
};

const shown = (file: string): string => relative(process.cwd(), file) || file;

const summary = ({ hosts, apps = [], sources = {} }: Homelab): string =>
  [
    count(hosts.length, 'host'),
    count(apps.length, 'app'),
    count(Object.keys(sources).filter((name) => name !== 'scrape').length, 'source'),
  ].join(', ');

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const sayWhatIsOpen = ({ questions, unsaid }: Proposal): void => {
  const lines = [
    ...questions.map(({ text, otherwise }) => `open: ${text}? ${otherwise || 'nothing'} is taken`),
    ...unsaid.map((line) => `left out: ${line}`),
  ];
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
};

const compare = (proposal: Proposal, existing: string): number => {
  const news = newsIn(proposal.homelab, readHomelab(existing));
  if (news.length === 0) {
    process.stdout.write(`${shown(existing)} is there and has all that was seen: nothing is new\n`);
    return 0;
  }
  process.stdout.write(
    `${[`${shown(existing)} is there and stays as it is; new is:`, ...news.map(({ place, text }) => `  ${place}: ${text}`)].join('\n')}\n`,
  );
  process.stderr.write(`  try: add what you want of it to ${shown(existing)}, then npm run render\n`);
  return 1;
};

const examples = join(__dirname, '../examples/homelabs');

const startFromExample = (
  { example = '', prometheus, grafana, compose }: InitArguments,
  out: string,
  existing: string | undefined,
): number => {
  if (prometheus ?? grafana ?? compose)
    throw new UsageError(
      '--example goes alone',
      'a file starts from an example, or from what is there',
      `npm run init -- --example ${example}`,
    );
  const names = readdirSync(examples)
    .filter((file) => ['.ts', '.js'].includes(extname(file)) && !/\.d\.ts$/.test(file))
    .map((file) => file.slice(0, -extname(file).length));
  if (!names.includes(example))
    throw new UsageError(
      `no example is called '${example}'`,
      `there are: ${allowedNames(example, names)}`,
      'npm run init -- --example typical',
    );
  const file = join(examples, `${example}${extname(__filename)}`);
  const homelab = readHomelab(file);
  const proposal: Proposal = {
    homelab,
    comments: { '': [`Begun from the example ${example}.`] },
    suggestions: [],
    questions: [],
    report: [],
    unsaid: [],
  };
  if (existing !== undefined) return compare(proposal, existing);
  if (extname(out) !== '.ts' || extname(file) !== '.ts') return write(proposal, out);
  create(out, readFileSync(file, 'utf8'));
  process.stdout.write(`wrote ${shown(out)}: the example ${example}, ${summary(homelab)}\nnext: npm run render\n`);
  return 0;
};
