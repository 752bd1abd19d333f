import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResolvedTarget } from '../homelab/resolved';
import { makePlan } from './make-plan';
import { parsePlanFile, PlanFileError, planFileText, planFromFile, readPlanFile, writePlanFile } from './plan-file';
import { actualOf, asTheyAre, baseOf, byId, desiredOf, inputOf } from './testing/plan-world';

const target: ResolvedTarget = {
  kind: 'grafana',
  name: 'main',
  url: 'http://nas:3000',
  org: null,
  folder: null,
  project: 'hl',
};
const folder = desiredOf('folder', 'f', 'x');
const point = desiredOf('contact-point', 'p', 'new', { settings: { url: { env: 'SECRET_URL' } } });
const old = desiredOf('contact-point', 'p', 'old', { settings: { url: 'https://hunter2.example' } });
const input = inputOf({
  desired: [point, desiredOf('template', 't', 'x')],
  actual: byId([actualOf(folder), actualOf(old)]),
  base: byId([baseOf(folder), baseOf(old)]),
  options: { prune: true },
});
const plan = makePlan(input, asTheyAre);
const text = planFileText(plan, target, asTheyAre);
const load = (changed = text, on: ResolvedTarget = target) => parsePlanFile(changed, 'plan.json', on);

let where: string;
beforeEach(() => (where = mkdtempSync(join(tmpdir(), 'plan-'))));
afterEach(() => rmSync(where, { recursive: true, force: true }));

describe('a saved plan', () => {
  it('is the same plan again while nothing has changed', () => {
    expect(planFromFile(load(), 'plan.json', input, asTheyAre)).toEqual(plan);
    expect(plan.steps.map(({ action }) => action)).toEqual(['update', 'create', 'delete']);
    expect(plan.refusals).toEqual([]);
  });

  it('holds what is wanted with the names of variables, and of what is there only a hash', () => {
    expect(text).toContain('SECRET_URL');
    expect(text).not.toContain('hunter2');
    expect(text).toBe(planFileText(makePlan(input, asTheyAre), target, asTheyAre));
  });

  it('is written for its owner only, whole, over an earlier one', () => {
    const file = join(where, 'plan.json');
    writePlanFile(file, 'earlier');
    writePlanFile(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(where)).toEqual(['plan.json']);
    expect(readPlanFile(file, target)).toEqual(load());
  });

  it('says so where it cannot be written or read', () => {
    expect(() => writePlanFile(join(where, 'no', 'plan.json'), text)).toThrow(PlanFileError);
    expect(() => readPlanFile(join(where, 'none.json'), target)).toThrow(
      /none\.json: cannot be read: there is no such file/,
    );
  });

  it.each<[string, string, RegExp]>([
    ['half of it', text.slice(0, 200), /no plan of a push/],
    ['another JSON file', '{"a": 1}', /no plan of a push/],
    ['another format', text.replace('"format": 1', '"format": 2'), /format 2, and this version reads 1/],
    ['a changed body', text.replace('"text": "new"', '"text": "evil"'), /was edited/],
    ['a changed action', text.replace('"action": "create"', '"action": "delete"'), /was edited/],
    ['no digest', text.replace(/\n {2}"digest": "[^"]*",/, ''), /was edited/],
  ])('is refused when it is %s', (_, changed, expected) => {
    expect(changed).not.toBe(text);
    expect(() => load(changed)).toThrow(expected);
    expect(() => load(changed)).toThrow(PlanFileError);
  });

  it.each<[string, Partial<ResolvedTarget>]>([
    ['url', { url: 'http://nas:3001' }],
    ['organisation', { org: 2 }],
    ['folder', { folder: 'Ours' }],
    ['prefix', { project: 'two' }],
  ])('is refused for a target with another %s', (_, differs) => {
    expect(() => load(text, { ...target, ...differs } as ResolvedTarget)).toThrow(
      /is a plan for grafana http:\/\/nas:3000, prefix hl, not for/,
    );
  });

  it('is for its target under another name, too', () => {
    expect(load(text, { ...target, name: 'other' })).toEqual(load());
  });

  it('names the next command', () => {
    try {
      load('{');
      expect.unreachable();
    } catch (error) {
      expect((error as PlanFileError).format()).toBe(
        'error: plan.json: is no plan of a push, or only a part of one\n  try: npm run push -- --plan --out plan.json\n',
      );
    }
  });
});

describe('a saved plan on a server that moved since', () => {
  const refusals = (there: Parameters<typeof byId>[0], occupied: ReadonlyMap<string, string> = new Map()) =>
    planFromFile(load(), 'plan.json', { actual: byId(there) as typeof input.actual, occupied }, asTheyAre).refusals;

  it.each<[string, Parameters<typeof byId>[0], RegExp]>([
    [
      'changed',
      [actualOf(folder), actualOf(desiredOf('contact-point', 'p', 'other'))],
      /contact point P \(p\) was changed/,
    ],
    ['deleted', [actualOf(old)], /folder F \(f\) was changed/],
    [
      'made',
      [actualOf(folder), actualOf(old), actualOf(desiredOf('template', 't', 'x'))],
      /message template T \(t\) was changed/,
    ],
    [
      'given to files',
      [actualOf(folder), actualOf(old, { readOnly: 'a file' })],
      /contact point P \(p\) belongs to a file/,
    ],
  ])('is refused where somebody has %s what it writes', (_, there, expected) => {
    expect(refusals(there)).toHaveLength(1);
    expect(refusals(there)[0]).toMatch(expected);
    expect(refusals(there)[0]).toContain('npm run push -- --plan --out plan.json');
  });

  it('is refused where a folder that it deletes holds something new', () => {
    expect(refusals([actualOf(folder), actualOf(old)])).toEqual([]);
    expect(refusals([actualOf(folder), actualOf(old)], new Map([['f', '1 dashboard']]))[0]).toContain('1 dashboard');
  });

  it('is refused where something names by now what it deletes', () => {
    const timing = desiredOf('mute-timing', 'nights', 'x');
    const world = { actual: byId([actualOf(timing)]), base: byId([baseOf(timing)]) };
    const prune = makePlan(inputOf({ ...world, options: { prune: true } }), asTheyAre);
    const saved = parsePlanFile(planFileText(prune, target, asTheyAre), 'plan.json', target);
    const by = (name: string) => ({
      id: 'policy/theirs',
      title: 'the notification route team=db',
      names: { contactPoints: [], muteTimings: [name], texts: [] },
    });
    const refused = (name: string) =>
      planFromFile(saved, 'plan.json', { ...world, occupied: new Map(), users: [by(name)] }, asTheyAre).refusals;
    expect(refused('noon')).toEqual([]);
    expect(refused('nights')[0]).toContain('is in use by now: the notification route team=db still names it');
  });

  it('leaves conflicts that were kept, and what was unchanged and is no more', () => {
    const [same, drift] = [desiredOf('template', 's', 'x'), desiredOf('template', 'd', 'x')];
    const kept = inputOf({
      desired: [same, drift],
      actual: byId([actualOf(same), actualOf(desiredOf('template', 'd', 'y'))]),
      base: byId([same, drift].map((one) => baseOf(one))),
      options: { onDrift: 'keep' },
    });
    const saved = parsePlanFile(planFileText(makePlan(kept, asTheyAre), target, asTheyAre), 'plan.json', target);
    const actual = byId([actualOf(desiredOf('template', 's', 'z')), actualOf(desiredOf('template', 'd', 'y'))]);
    const { steps, refusals: none } = planFromFile(saved, 'plan.json', { actual, occupied: new Map() }, asTheyAre);
    expect(none).toEqual([]);
    expect(steps.map(({ action, instead }) => [action, instead])).toEqual([
      ['conflict', undefined],
      ['conflict', undefined],
    ]);
  });
});
