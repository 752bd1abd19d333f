import { mismatch } from './match';
import {
  Exact,
  Listing,
  type Call,
  type ContractCase,
  type Earlier,
  type Race,
  type Shape,
  type Step,
  type Who,
} from './step';

/** A server under test: its address, and the headers with which each of them comes. */
export interface Subject {
  readonly url: string;
  readonly headersOf: (who: Who) => Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** JSON where it is some, else the text; undefined where there is nothing. */
  readonly body: unknown;
}

/** Runs a case; gives what was answered otherwise than the contract says, nothing where all is well. */
export const runCase = async (
  { steps }: ContractCase,
  subject: Subject,
  prefix: string,
  saw: (call: Call, answer: Answer) => void = () => undefined,
): Promise<readonly string[]> => {
  const earlier: unknown[] = [];
  const found: string[] = [];
  for (const [index, step] of steps.entries()) {
    const where = `step ${index + 1}`;
    if ('calls' in step) {
      const answers = await Promise.all(step.calls.map((call) => ask(call, subject, prefix, earlier)));
      answers.forEach((answer, nth) => saw(step.calls[nth] as Call, answer));
      earlier.push(answers.map(({ body }) => body));
      found.push(...judgeRace(step, answers, prefix).map((text) => `${where}: ${text}`));
      continue;
    }
    const answer = await ask(step, subject, prefix, earlier);
    saw(step, answer);
    earlier.push(answer.body);
    const difference = judge(step, answer, prefix);
    if (difference) found.push(`${where} (${step.method} ${pathOf(step, prefix, earlier)}): ${difference}`);
  }
  return found;
};

const judge = (step: Step, answer: Answer, prefix: string): string | undefined =>
  answer.status === step.status
    ? step.answer === undefined
      ? undefined
      : mismatch(answer.body, named(step.answer, prefix))
    : `status ${answer.status}, not ${step.status}: ${JSON.stringify(answer.body)?.slice(0, 300)}`;

const judgeRace = (race: Race, answers: readonly Answer[], prefix: string): readonly string[] => {
  const passed = answers.filter(({ status }) => status === race.passes);
  const strangers = answers.filter(
    ({ status, body }) =>
      status !== race.passes &&
      !race.refusals.some((refusal) => refusal.status === status && !mismatch(body, named(refusal.answer, prefix))),
  );
  return [
    ...(passed.length < race.atLeast ? [`${passed.length} passed, not at least ${race.atLeast}`] : []),
    ...strangers.map(({ status, body }) => `not foreseen: ${status} ${JSON.stringify(body)?.slice(0, 300)}`),
  ];
};

const ask = async (call: Call, { url, headersOf }: Subject, prefix: string, earlier: Earlier): Promise<Answer> => {
  const body = call.bodyFrom ? call.bodyFrom(earlier) : call.body;
  const response = await fetch(url + pathOf(call, prefix, earlier), {
    method: call.method,
    redirect: 'manual',
    headers: {
      ...headersOf(call.as ?? 'root'),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...call.headers,
    },
    ...(body !== undefined && {
      body: (typeof body === 'string' ? body : JSON.stringify(body)).replaceAll('§', prefix),
    }),
  });
  return { status: response.status, body: parse(await response.text()) };
};

const pathOf = ({ path }: Call, prefix: string, earlier: Earlier): string =>
  (typeof path === 'function' ? path(earlier) : path).replaceAll('§', prefix);

const parse = (text: string): unknown => {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
};

/** The shape with the prefix of this run in its texts. */
const named = (shape: Shape, prefix: string): Shape => {
  if (typeof shape === 'string') return shape.replaceAll('§', prefix);
  if (shape instanceof Exact) return new Exact(named(shape.wanted as Shape, prefix));
  if (shape instanceof Listing)
    return new Listing(
      shape.shapes.map((item) => named(item, prefix)),
      shape.wanted,
    );
  if (Array.isArray(shape)) return shape.map((item: Shape) => named(item, prefix));
  if (typeof shape === 'object' && shape !== null && !(shape instanceof RegExp))
    return Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, named(inner as Shape, prefix)]));
  return shape;
};
