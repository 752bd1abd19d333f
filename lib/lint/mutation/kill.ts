import type { ResolvedHomelab } from '../../homelab/resolved';
import type { Knowledge } from '../knowledge';
import { readClassic } from '../documents/classic';
import { readGrafanaAlerting } from '../documents/grafana-rules';
import { readRuleGroups } from '../documents/prometheus-rules';
import { beginReading } from '../documents/reading';
import { lint, subjectsIn, type Found } from '../lint';
import type { Rule } from '../rule';
import type { JsonObject, LintDocument, Path, Place, Query } from '../subject';
import type { Mutant, Mutator } from './mutator';
import type { Seed } from './seed';

/** A mutant that no finding of the rule that it is meant for tells of. */
export interface Survivor {
  readonly rule: string;
  readonly mutator: string;
  readonly file: string;
  readonly at: string;
  readonly what: string;
}

/** One homelab's files and what is known of its metrics. */
export interface Lab {
  readonly seeds: readonly Seed[];
  readonly knowledge: Knowledge;
  readonly homelab?: ResolvedHomelab;
  /** Names of the alerts that have cases. */
  readonly testedAlerts: ReadonlySet<string>;
}

export interface Tally {
  readonly mutants: number;
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

/** Seeds a defect wherever a mutator finds room for it, and looks whether its rule notices. */
export const killing = (labs: readonly Lab[], rules: readonly Rule[]): ((mutator: Mutator) => Tally) => {
  const labOf = new Map(labs.flatMap((lab) => lab.seeds.map((seed) => [seed, lab])));
  const bases = new Map<Seed, LintDocument>();
  const baseOf = (seed: Seed): LintDocument => {
    const document = bases.get(seed) ?? documentOf(seed, seed.value, false);
    bases.set(seed, document);
    return document;
  };
  const before = new Map<string, ReadonlySet<string>>();
  return (mutator) => {
    const rule = rules.find(({ id }) => id === mutator.rule);
    if (!rule) throw new Error(`${mutator.name}: there is no rule ${mutator.rule}`);
    const survivors: Survivor[] = [];
    const mutants = mutator.mutants(labs.flatMap(({ seeds }) => seeds));
    for (const mutant of mutants) {
      const { seed } = mutant;
      const lab = labOf.get(seed) as Lab;
      const look = (document: LintDocument): readonly Found[] => {
        const others = mutator.together
          ? lab.seeds.filter((each) => each !== seed && each.file !== seed.file).map(baseOf)
          : [];
        const { findings, failures } = lint([document, ...others], [rule], {
          knowledge: lab.knowledge,
          today: '2026-11-21',
          homelab: lab.homelab,
          ...(mutator.own && { testedAlerts: lab.testedAlerts }),
        });
        const [failure] = failures;
        if (failure) throw failure.error;
        return findings;
      };
      const key = [labs.indexOf(lab), seed.file, mutator.rule, mutator.own, mutator.together].join(' ');
      const known =
        before.get(key) ?? new Set(look(mutator.own ? documentOf(seed, seed.value, true) : baseOf(seed)).map(saidOf));
      before.set(key, known);
      const document = documentOf(seed, mutant.value, mutator.own === true);
      if (mutant.value['templating'] === seed.value['templating']) shareParsed(baseOf(seed), document);
      const found = look(document).filter((finding) => !known.has(saidOf(finding)));
      if (!found.some((finding) => isAbout(finding, mutant)))
        survivors.push({
          rule: mutator.rule,
          mutator: mutator.name,
          file: seed.file,
          at: nameOf(mutant),
          what: mutant.what,
        });
    }
    return { mutants: mutants.length, killed: mutants.length - survivors.length, survivors };
  };
};

/** Lets queries that were not changed use what was read of them before: of a board, all but one. */
const shareParsed = (from: LintDocument, to: LintDocument): void => {
  const before = new Map(queriesOf(from).map((query) => [query.at.join(), query]));
  for (const query of queriesOf(to)) {
    const same = before.get(query.at.join());
    if (same?.text === query.text && same.language === query.language)
      Object.defineProperty(query, 'parsed', { get: () => same.parsed });
  }
};

const queriesOf = (document: LintDocument): readonly Query[] =>
  subjectsIn([document]).filter((subject) => subject.kind === 'query');

/** Where a finding stands, as a path: all that this test asks of a place. */
interface PathPlace extends Place {
  readonly path: Path;
}

/** A file as rules look at it. Nothing is written and parsed again: a thousand files are read. */
const documentOf = ({ file, format }: Seed, value: JsonObject, own: boolean): LintDocument => {
  const placeOf = (path: Path): PathPlace => ({ file, line: 1, column: 1, path });
  const reading = beginReading({ file, text: '', value, comments: [], placeOf }, formats[format], own);
  if (format === 'dashboard') reading.document.boards = [readClassic(reading, value, [])];
  else
    reading.document.groups =
      format === 'grafana-alerts'
        ? readGrafanaAlerting(reading, value, [])
        : readRuleGroups(reading, value, [], 'promql');
  return reading.document;
};

const formats = {
  dashboard: 'classic-dashboard',
  'grafana-alerts': 'grafana-alerting',
  'prometheus-rules': 'prometheus-rules',
} as const;

const saidOf = ({ where, message, culprit }: Found): string => `${where}\n${message}\n${culprit}`;

/** Whether a finding is about what was changed: inside it, or around it and naming it. */
const isAbout = ({ place, message, culprit }: Found, { seed, at, naming }: Mutant): boolean => {
  const { path } = place as PathPlace;
  if (naming !== undefined && !`${message} ${culprit}`.includes(naming)) return false;
  // What is there twice may be told of at the other one.
  if (place.file !== seed.file) return naming !== undefined && at.length === 0;
  return isBelow(path, at) || (naming !== undefined && isBelow(at, path));
};

const isBelow = (path: Path, above: Path): boolean => above.every((step, index) => path[index] === step);

/** What a person calls the mutated thing. */
const nameOf = ({ value, at }: Mutant): string => {
  let name = '';
  let here: unknown = value;
  for (const step of [undefined, ...at]) {
    if (step !== undefined) here = (here as Record<string | number, unknown> | undefined)?.[step];
    const { title, alert, name: called, record } = (here ?? {}) as Record<string, unknown>;
    const best = [title, alert, record, called].find((each) => typeof each === 'string' && each !== '');
    if (typeof best === 'string') name = best;
  }
  return name;
};
