import type { Homelab } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Report, Severity } from './finding';
import type { Knowledge } from './knowledge';
import type { Answer, Answers, Question } from './question';
import type {
  Alert,
  Annotation,
  Board,
  LintDocument,
  Panel,
  Query,
  Recording,
  RuleGroup,
  Subject,
  Variable,
} from './subject';

interface Subjects {
  readonly board: Board;
  readonly panel: Panel;
  readonly variable: Variable;
  readonly annotation: Annotation;
  readonly query: Query;
  readonly group: RuleGroup;
  readonly alert: Alert;
  readonly recording: Recording;
}

export type SubjectKind = Subject['kind'];

/** What a rule may look at beside its subject. */
export interface Context {
  readonly knowledge: Knowledge;
  /** All that is linted together, so that links, uids and duplicates can be followed from file to file. */
  readonly all: World;
  /** The homelab that our own content was rendered for; undefined for files given by path. */
  readonly homelab: ResolvedHomelab | undefined;
  /** `2026-11-21`, for what ages. */
  readonly today: string;
  /** What a server answered to the rule's own questions; undefined: no server was given. */
  readonly answers: Answers | undefined;
  /** Names of our own alerts that have cases; undefined: nobody looked. */
  readonly testedAlerts?: ReadonlySet<string>;
}

export interface World {
  readonly documents: readonly LintDocument[];
  readonly boards: readonly Board[];
  readonly alerts: readonly Alert[];
  readonly recordings: readonly Recording[];
  readonly boardByUid: ReadonlyMap<string, Board>;
}

/** One thing that can be wrong: looks at subjects of one kind and reports. Knows nothing of files, colours and exceptions. */
export interface RuleOf<K extends SubjectKind> {
  /** Kebab-case, the file's name: `metric-exists`. */
  readonly id: string;
  readonly on: K;
  readonly severity: Severity;
  /** `nothing`: the file alone. `catalog`: knows metrics, recorded or live. `server`: only with a live server. */
  readonly needs: 'nothing' | 'catalog' | 'server';
  /** One line for lists: what is reported. */
  readonly says: string;
  /** What happens to who does not heed it; a paragraph. */
  readonly why: string;
  /** What to do instead; a paragraph, shown by `--explain`. */
  readonly instead?: string;
  /** What it wants to know of the server before it is run. */
  asks?(subject: Subjects[K], context: Omit<Context, 'answers'>): Iterable<Question>;
  check(subject: Subjects[K], context: Context): Iterable<Report>;
  /** What is fine, with at least one that is nearly wrong. */
  readonly accepts: readonly Example[];
  readonly rejects: readonly (Example & {
    /** Part of the message. */
    readonly because: string;
  })[];
}

export type Rule = { readonly [K in SubjectKind]: RuleOf<K> }[SubjectKind];

/** Gives the rule as it is, with its subject's type inferred from `on`. */
export const defineRule = <K extends SubjectKind>(rule: RuleOf<K>): Rule => rule as unknown as Rule;

/**
 * Something to try a rule on, and to show in its page: fields given are laid over something clean (`lib/lint/testing/clean.ts`).
 * Metrics are those of the recorded catalogs.
 */
export interface Example {
  readonly name: string;
  /** The PromQL of a time series panel. */
  readonly query?: string;
  /** Of another language, with `query`. */
  readonly language?: 'logql' | 'traceql';
  /** Fields of a classic panel. */
  readonly panel?: object;
  /** Fields of a classic dashboard. */
  readonly board?: object;
  /** Fields of a variable in a classic dashboard. */
  readonly variable?: object;
  /** Fields of a Prometheus alert rule. */
  readonly alert?: object;
  /** Fields of a Grafana alert rule, as in file provisioning. */
  readonly grafanaAlert?: object;
  /** Fields of a recording rule. */
  readonly recording?: object;
  /** Whole files by name, linted together. */
  readonly files?: Readonly<Record<string, string>>;
  /** Seconds between samples, where it matters. */
  readonly interval?: number;
  /** As content of ours. */
  readonly own?: true;
  /** What runs at home. */
  readonly homelab?: Homelab;
  /** Names of alerts that have cases. */
  readonly testedAlerts?: readonly string[];
  /** What the server has: names, series of some of them, and when others had their last sample (seconds since 1970). */
  readonly server?: {
    readonly now: readonly string[];
    readonly series?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
    readonly lastSeen?: Readonly<Record<string, number>>;
  };
  /** What a Loki has: labels with their values. */
  readonly logs?: Readonly<Record<string, readonly string[]>>;
  /** What the server answers to the rule's own questions, by their key. */
  readonly answers?: Readonly<Record<string, Answer>>;
}
