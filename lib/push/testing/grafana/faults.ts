import { seeded } from './random';

/**
 * What may go wrong with a request. `before`: nothing has happened yet; `after`: what was asked for has been done, and nobody hears of it.
 * `latency`: others get their turn first. `reset`: the connection ends; `hang`: no answer, until `hangFor` is over.
 */
export interface Fault {
  readonly kind: 'latency' | 'status' | 'reset' | 'hang';
  readonly when: 'before' | 'after';
  readonly status?: 429 | 500 | 502 | 503 | 504;
  /** In seconds, as the header. */
  readonly retryAfter?: number;
}

/** A request as the log and the faults see it. */
export interface RequestLine {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Whether it asks for a change: no GET, no dry run. */
  readonly write: boolean;
}

/** Faults by chance, always the same for a seed and an order of requests. */
export interface FaultPlan {
  readonly seed: number;
  /** From 0 to 1, for each request. */
  readonly chance: number;
  /** Which; all of `everyFault` unless told. */
  readonly faults?: readonly Fault[];
  readonly only?: (request: RequestLine) => boolean;
  /** Faults at most, so that a run ends. */
  readonly atMost?: number;
}

/** Every way in which a request can fail (contract 9.1, 9.3). */
export const everyFault: readonly Fault[] = [
  { kind: 'latency', when: 'before' },
  ...([500, 502, 503, 504] as const).flatMap((status): Fault[] => [
    { kind: 'status', status, when: 'before' },
    { kind: 'status', status, when: 'after' },
  ]),
  { kind: 'status', status: 429, when: 'before', retryAfter: 0 },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'hang', when: 'before' },
  { kind: 'hang', when: 'after' },
];

/** What goes wrong, and when. */
export class Faults {
  /** Milliseconds after which a hanging connection ends; `Infinity`: only the client ends it. */
  hangFor = 5;
  private plan: FaultPlan | undefined;
  private random = seeded(0);
  private left = 0;
  private scripted: { readonly fault: Fault; readonly only: (request: RequestLine) => boolean }[] = [];

  /** From now on by chance. */
  byChance(plan: FaultPlan): void {
    this.plan = plan;
    this.random = seeded(plan.seed);
    this.left = plan.atMost ?? Infinity;
  }

  /** For the next request that fits, once; several wait in their order. */
  next(fault: Fault, only: (request: RequestLine) => boolean = () => true): void {
    this.scripted.push({ fault, only });
  }

  /** Nothing goes wrong any more. */
  none(): void {
    this.plan = undefined;
    this.scripted = [];
  }

  /** The server's question. */
  of(request: RequestLine): Fault | undefined {
    const index = this.scripted.findIndex(({ only }) => only(request));
    if (index >= 0) return this.scripted.splice(index, 1)[0]?.fault;
    const { plan } = this;
    if (!plan || this.left <= 0 || plan.only?.(request) === false) return undefined;
    if (this.random() >= plan.chance) return undefined;
    this.left -= 1;
    const faults = plan.faults ?? everyFault;
    return faults[Math.floor(this.random() * faults.length)];
  }
}
