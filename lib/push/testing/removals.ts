import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GrafanaClient } from '../../grafana/client';
import { objectsAt, objectAt, textAt, type Json } from '../../grafana-json/json';
import { authenticationFromEnv, type Environment } from '../../server/authentication';
import { isThere, type Outcome } from '../apply';
import type { Backup } from '../backup';
import { carryOut } from '../carry-out';
import { ownMessage } from '../dashboard-base';
import { look, type Looked, type LookOptions } from '../look';
import { makePlan } from '../make-plan';
import { normalForms } from '../normal-form';
import { idOf, type BaseObject, type DesiredObject, type Kind } from '../object';
import { openTarget, type OpenTarget } from '../open-target';
import type { OnDrift, Plan } from '../plan';
import { planRollback, readFor, stateAfterRollback } from '../rollback';
import { alertingPath, withoutProvenance } from '../stores/alerting';
import { planUninstall, uninstall } from '../uninstall';
import { board, rule } from './stories/desired';

/** A Grafana to throw away. */
export interface Subject {
  readonly url: string;
  /** What names its administrator. */
  readonly environment: Environment;
  stop(): Promise<void>;
}

interface Done {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly backup: Backup | undefined;
}

/** Removing, and what is in its way, through the whole stack: the same stories on the stand-in and on a real Grafana. */
export const tellRemovals = (start: () => Promise<Subject>): void => {
  let subject: Subject;
  let client: GrafanaClient;
  let project = '';
  let count = 0;

  beforeAll(async () => {
    subject = await start();
    client = new GrafanaClient(subject.url, authenticationFromEnv('GRAFANA', subject.environment), {
      patience: 60_000,
    });
  });
  afterAll(() => subject.stop());

  const opened = async (desired: readonly DesiredObject[], more: Partial<LookOptions> = {}) => {
    const target = { kind: 'grafana', name: 'main', url: subject.url, org: null, folder: null, project } as const;
    const open = await openTarget(target, {
      environment: subject.environment,
      desired,
      stateFolder: desired.find(({ kind }) => kind === 'folder')?.key,
      secretValue: () => undefined,
      wasSent: () => false,
    });
    const looked = await look(open, {
      desired,
      state: await open.state.read(),
      journals: [],
      secretValue: () => undefined,
      options: { onDrift: 'fail', prune: true, maxDelete: 99, resendSecrets: false },
      ...more,
    });
    return { open, ...looked };
  };
  const common = () => ({
    project,
    target: 'main',
    time: new Date(0),
    message: `${ownMessage(project)}1`,
    secret: () => '',
    normalForms,
  });
  const carried = async (
    { open, input, stateBefore }: { readonly open: OpenTarget } & Looked,
    plan: Plan,
    onDrift: OnDrift,
    after?: (outcomes: readonly Outcome[]) => ReadonlyMap<string, BaseObject>,
  ): Promise<Done> => {
    const backups: Backup[] = [];
    const { stores, state } = open;
    const { outcomes, stateFailure } = await carryOut({
      ...common(),
      ...{ plan, input, stateBefore, stores, state, onDrift },
      keepBackup: (backup) => void backups.push(backup),
      ...(after && { after }),
    });
    if (stateFailure) throw stateFailure;
    return { plan, outcomes, backup: backups[0] };
  };
  const push = async (desired: readonly DesiredObject[]): Promise<Done> => {
    const session = await opened(desired);
    const done = await carried(session, makePlan(session.input, normalForms), 'fail');
    expect(done.outcomes.filter((outcome) => !isThere(outcome))).toEqual([]);
    return done;
  };
  const rollback = async (backup: Backup, onDrift: OnDrift): Promise<Done> => {
    const session = await opened([], { others: readFor(backup) });
    const { plan } = planRollback({ backup, ...session.input, normalForms, secret: () => undefined, onDrift });
    return carried(session, plan, onDrift, (outcomes) => stateAfterRollback(session.stateBefore, backup, outcomes));
  };
  const reasons = ({ plan }: Pick<Done, 'plan'>) =>
    Object.fromEntries(plan.steps.map((step) => [idOf(step), step.reason ?? step.action]));

  const named = (name: string): string => `${project}-${name}`;
  const of = (kind: Kind, key: string, body: Json): DesiredObject => ({ kind, key, title: key, body });
  const folder = (name: string, parent?: string): DesiredObject =>
    of('folder', named(name), { uid: named(name), title: named(name), ...(parent && { parentUid: named(parent) }) });
  const dashboard = (name: string, around: string, form = 0): DesiredObject =>
    of('dashboard', named(name), { dashboard: board(named(name), form), folderUid: named(around) });
  const stateFolder = async (): Promise<unknown> =>
    objectAt(await client.get(`/api/dashboards/uid/${named('state')}`), 'meta')['folderUid'];
  const isGone = async (path: string): Promise<void> => expect(client.get(path)).rejects.toMatchObject({ status: 404 });
  const story = (title: string, tell: () => Promise<void>): void =>
    it(title, async () => {
      project = `rm${Date.now().toString(36).slice(-4)}${(count += 1)}`;
      await tell();
    });

  describe('the state', () => {
    story('goes along when its folder is pruned: to the next one, and to the root', async () => {
      await push([folder('a'), folder('in', 'a'), dashboard('x', 'in')]);
      expect(await stateFolder()).toBe(named('a'));
      const moved = await push([folder('b'), dashboard('y', 'b')]);
      expect(moved.outcomes.map(({ action, key }) => `${action} ${key.slice(project.length)}`)).toEqual([
        'create -b',
        'create -y',
        'delete -x',
        'delete -in',
        'delete -a',
      ]);
      expect(await stateFolder()).toBe(named('b'));
      await isGone(`/api/folders/${named('a')}`);
      expect((await push([folder('b'), dashboard('y', 'b')])).outcomes).toEqual([]);
      await push([]);
      expect(await stateFolder()).toBeFalsy();
      await isGone(`/api/folders/${named('b')}`);
      expect((await push([])).plan.steps).toEqual([]);
    });

    story('does not go from a folder that stays, for somebody’s dashboard', async () => {
      await push([folder('a'), dashboard('x', 'a')]);
      await client.post('/api/dashboards/db', {
        dashboard: { uid: named('guest'), title: 'Guest', panels: [] },
        folderUid: named('a'),
      });
      expect(reasons(await push([folder('b')]))).toMatchObject({
        [`folder/${named('a')}`]: 'it holds what is not ours: 1 dashboard',
      });
      expect(await stateFolder()).toBe(named('a'));
    });
  });

  describe('what is still needed', () => {
    const tree = `${alertingPath}/policies`;
    const free = { headers: withoutProvenance };
    const point = (name: string): DesiredObject =>
      of('contact-point', named(name), {
        uid: named(name),
        name: named(name),
        type: 'email',
        disableResolveMessage: false,
        settings: {
          addresses: 'me@example.org',
          ...(name === 'routed' && { message: `{{ template "${named('text')}" . }}` }),
        },
      });
    const timing = (name: string): DesiredObject =>
      of('mute-timing', named(name), {
        name: named(name),
        time_intervals: [{ times: [{ start_time: '01:00', end_time: '07:00' }] }],
      });
    const text = (name: string): DesiredObject =>
      of('template', named(name), { name: named(name), template: `{{ define "${named(name)}" }}x{{ end }}` });
    const withRoute = async (route: Json | undefined): Promise<void> => {
      const now = (await client.get(tree)) as Json;
      const others = objectsAt(now, 'routes')
        .map(([each]) => each)
        .filter((each) => !JSON.stringify(each).includes(named('')));
      const { provenance: _, ...rest } = now;
      await client.put(tree, { ...rest, routes: [...others, ...(route ? [route] : [])] }, free);
    };
    const withRule = async (receiver: string): Promise<void> => {
      await client.post('/api/folders', { uid: named('mine'), title: named('mine') });
      const mine = { ...rule(named('mine-r'), {}, 0), title: named('Disk'), notification_settings: { receiver } };
      await client.put(
        `${alertingPath}/folder/${named('mine')}/rule-groups/mine`,
        { interval: 60, rules: [mine] },
        free,
      );
    };
    const matcher = (): string => `team=${named('db')}`;
    const route = (): Json => ({
      receiver: 'grafana-default-email',
      object_matchers: [['site', '=', named('here')]],
      routes: [
        {
          receiver: named('routed'),
          object_matchers: [['team', '=', named('db')]],
          mute_time_intervals: [named('nights')],
        },
      ],
    });
    const all = () => [point('routed'), point('ruled'), point('free'), timing('nights'), timing('noon'), text('text')];
    const stays = () => ({
      [`contact-point/${named('routed')}`]: `the notification route ${matcher()} still names it`,
      [`contact-point/${named('ruled')}`]: `the alert rule ${named('Disk')} still names it`,
      [`contact-point/${named('free')}`]: 'delete',
      [`mute-timing/${named('nights')}`]: `the notification route ${matcher()} still names it`,
      [`mute-timing/${named('noon')}`]: 'delete',
      [`template/${named('text')}`]: `the contact point ${named('routed')} by email still names it`,
    });

    story('is left by a prune, and named, until nobody needs it', async () => {
      await push(all());
      await withRoute(route());
      await withRule(named('ruled'));
      const pruned = await push([]);
      expect(reasons(pruned)).toEqual(stays());
      expect(pruned.outcomes).toHaveLength(2);
      expect((await push([])).outcomes).toEqual([]);
      await withRoute(undefined);
      await client.delete(`${alertingPath}/folder/${named('mine')}/rule-groups/mine`, free);
      expect((await push([])).outcomes).toHaveLength(4);
      expect((await push([])).plan.steps).toEqual([]);
    });

    story('is left by an uninstall, and named', async () => {
      const wanted = [folder('a'), dashboard('x', 'a'), folder('b'), ...all()];
      await push(wanted);
      await withRoute(route());
      await withRule(named('ruled'));
      await client.post('/api/dashboards/db', {
        dashboard: { uid: named('guest'), title: 'Guest', panels: [] },
        folderUid: named('a'),
      });
      const { open, input } = await opened(wanted, { removesAll: true });
      const plan = planUninstall({ ...input, normalForms, secret: () => undefined });
      expect(reasons({ plan })).toEqual({
        ...stays(),
        [`folder/${named('a')}`]: 'it holds 1 dashboard, which is not ours',
        [`folder/${named('b')}`]: 'delete',
        [`dashboard/${named('x')}`]: 'delete',
      });
      const { outcomes, stateRemoved } = await uninstall({
        ...common(),
        ...{ plan, base: input.base, stores: open.stores, state: open.state },
        keepBackup: () => undefined,
      });
      expect(outcomes.map(({ result }) => result)).toEqual(['done', 'done', 'done', 'done']);
      expect(stateRemoved).toBe(true);
      expect(objectAt(await client.get(`/api/dashboards/uid/${named('guest')}`), 'dashboard')['title']).toBe('Guest');
      await withRoute(undefined);
    });
  });

  describe('a rollback', () => {
    const titleOf = async (uid: string): Promise<string | undefined> =>
      textAt(objectAt(await client.get(`/api/dashboards/uid/${uid}`), 'dashboard'), 'description');

    story('into a folder of ours that is gone makes that again, and the next push knows it', async () => {
      const before = [folder('a'), folder('in', 'a'), dashboard('x', 'in', 0)];
      await push(before);
      const { backup } = await push([folder('a'), folder('in', 'a'), dashboard('x', 'in', 1)]);
      await push([]);
      await isGone(`/api/folders/${named('a')}`);
      const back = await rollback(backup as Backup, 'overwrite');
      expect(back.outcomes.map(({ kind, action, result }) => `${action} ${kind} ${result}`)).toEqual([
        'create folder done',
        'create folder done',
        'create dashboard done',
      ]);
      expect(await titleOf(named('x'))).toBe('Form 0');
      expect((await push(before)).plan.steps.map(({ action }) => action)).toEqual([
        'unchanged',
        'unchanged',
        'unchanged',
      ]);
      expect((await push([])).outcomes).toHaveLength(3);
    });

    story('of the first push leaves nothing but the state', async () => {
      const { backup } = await push([folder('a'), dashboard('x', 'a')]);
      const back = await rollback(backup as Backup, 'fail');
      expect(back.outcomes.map(({ action, result }) => `${action} ${result}`)).toEqual(['delete done', 'delete done']);
      expect(await stateFolder()).toBeFalsy();
    });
  });
};
