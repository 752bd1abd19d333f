import type { Catalogs } from '../homelab/catalogs';
import { checkHomelab } from '../homelab/check';
import type { Homelab } from '../homelab/homelab';
import { formatPath, type HomelabProblem, type Keys } from '../homelab/problem';
import { fromCompose } from './from-compose';
import { fromGrafana } from './from-grafana';
import { fromPrometheus } from './from-prometheus';
import type { Answers, Comments, Proposal } from './proposal';
import type { SeenCompose, SeenGrafana, SeenPrometheus } from './seen';
import { Sheet } from './sheet';

/** What was looked at, and where this runs. */
export interface Looked {
  readonly prometheus?: SeenPrometheus;
  readonly grafana?: SeenGrafana;
  readonly compose?: SeenCompose;
  /** Of the machine that `init` runs on. */
  readonly machine: { readonly name: string; readonly timeZone: string };
}

/** The homelab file that fits what was seen. It always passes the check: what would not is taken out, and said. */
export const propose = (looked: Looked, answers: Answers, catalogs: Catalogs): Proposal => {
  const sheet = new Sheet();
  const { prometheus, grafana, compose, machine } = looked;
  if (machine.timeZone !== '' && !/^(UTC|Etc\/)/.test(machine.timeZone))
    sheet.timeZone = { value: machine.timeZone, notes: ['The time zone of the machine on which this file was made.'] };
  if (prometheus) fromPrometheus(sheet, prometheus, answers, catalogs);
  if (compose) fromCompose(sheet, compose, { answers, catalogs, prometheus, machine: machine.name });
  if (grafana) fromGrafana(sheet, grafana, prometheus, answers);
  else askUid(sheet, answers);
  const { homelab, comments } = sheet.toHomelab();
  const sound = withoutProblems(homelab, comments, catalogs);
  return {
    homelab: sound.homelab,
    comments: sound.comments,
    suggestions: sheet.suggestions,
    questions: sheet.questions.filter(({ id }) => answers[id] === undefined),
    report: sheet.report,
    unsaid: [...new Set([...sheet.unsaid, ...sound.removed])],
  };
};

/** Boards ask a data source by its uid, which only Grafana knows. */
const askUid = (sheet: Sheet, answers: Answers): void => {
  const id = 'uid of Prometheus';
  const answer = answers[id];
  const uid = answer !== undefined && uidPattern.test(answer) ? answer : undefined;
  sheet.dataSources.set('prometheus', {
    value: { kind: 'prometheus', uid: uid ?? 'prometheus', name: 'Prometheus' },
    notes:
      uid === undefined
        ? [
            'The uid is taken, not seen: Grafana > Connections > Data sources has it as the last part of the address;',
            '`npm run init -- --grafana URL` reads it.',
          ]
        : [],
  });
  sheet.questions.push({
    id,
    text: 'What is the uid of the Prometheus data source in your Grafana (last part of its address)',
    pattern: uidPattern,
    otherwise: 'prometheus',
  });
};

const uidPattern = /^[A-Za-z0-9_-]{1,40}$/;

interface Sound {
  readonly homelab: Homelab;
  readonly comments: Comments;
  readonly removed: readonly string[];
}

/** Takes out what the check of homelab files refuses, one round after the other, because what is taken out may be referred to. */
const withoutProblems = (homelab: Homelab, comments: Comments, catalogs: Catalogs): Sound => {
  let sound: Sound = { homelab, comments, removed: [] };
  for (let round = 0; round < 50; round++) {
    const [problem] = checkHomelab(sound.homelab, catalogs);
    if (!problem) return sound;
    sound = without(sound, problem);
  }
  return sound;
};

const without = ({ homelab, comments, removed }: Sound, problem: HomelabProblem): Sound => {
  const keys = removable(problem.keys);
  return {
    homelab: take(homelab, keys) as Homelab,
    comments: moved(comments, keys),
    removed: [...removed, `left out ${formatPath(keys)}: ${problem.what}${problem.got ? `, ${problem.got}` : ''}`],
  };
};

/** An optional setting goes alone; anything else takes the whole entry with it. */
const removable = (keys: Keys): Keys => {
  const last = keys.at(-1);
  if (typeof last === 'number' || keys.length < 2) return keys;
  const optional = ['version', 'host', 'interval', 'path', 'url'];
  if (optional.includes(String(last)) && !keys.includes('services')) return keys;
  const entry = keys.findLastIndex((key) => typeof key === 'number');
  if (entry !== -1) return keys.slice(0, entry + 1);
  return keys.slice(0, Math.min(keys.length, 2));
};

const take = (value: unknown, [key, ...rest]: Keys): unknown => {
  if (key === undefined) return undefined;
  if (Array.isArray(value)) {
    if (rest.length > 0) return value.map((item, index) => (index === key ? take(item, rest) : item));
    return value.filter((_, index) => index !== key);
  }
  if (typeof value !== 'object' || value === null) return value;
  const { [String(key)]: inner, ...others } = value as Record<string, unknown>;
  return rest.length > 0 ? { ...value, [key]: take(inner, rest) } : others;
};

/** Comments stay with what they are about when an entry before them goes. */
const moved = (comments: Comments, keys: Keys): Comments => {
  const gone = formatPath(keys);
  const last = keys.at(-1);
  const list = formatPath(keys.slice(0, -1));
  return Object.fromEntries(
    Object.entries(comments).flatMap(([place, lines]) => {
      if (place === gone || place.startsWith(`${gone}.`) || place.startsWith(`${gone}[`)) return [];
      const found =
        typeof last === 'number' && place.startsWith(`${list}[`)
          ? /^\[(\d+)\](.*)$/s.exec(place.slice(list.length))
          : null;
      if (!found || Number(found[1]) < Number(last)) return [[place, lines]];
      return [[`${list}[${Number(found[1]) - 1}]${found[2]}`, lines]];
    }),
  );
};
