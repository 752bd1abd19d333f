import { objectsAt, type Json } from '../../../grafana-json/json';
import type { Backup } from '../../backup';
import { stateUid } from '../../state-dashboard';
import type { GrafanaStandIn, Snapshot } from '../grafana';
import type { Random } from '../random';
import { alertFolder, board, project, rule, timing } from './desired';
import type { Trace, Write } from './trace';

interface Edit {
  /** Of the object that was changed, or in which something was made. */
  readonly id: string;
  /** A text that stands nowhere else. */
  readonly marker: string;
  readonly at: number;
}

/** Something that people made, as it was when they last touched it. */
interface Theirs {
  readonly text: (world: Snapshot) => string;
  readonly was: string;
  /** Objects whose writes may take it along: the folder around it, the policy tree. */
  readonly within: readonly string[];
  readonly at: number;
}

/** Kinds that the API overwrites without asking what was there (contract 4.1); a folder goes with all that is in it. */
const lastWriteWins = /^(contact-point|policy|rule-group|folder)\//;

/** What people do in their browsers while others push, and whether anything of it got lost. */
export class People {
  /** Edits that a write took with it, in the time between its look and its end. */
  lostInWindow = 0;
  acts = 0;
  private edits = new Map<string, Edit>();
  private theirs = new Map<string, Theirs>();
  private deleted = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly grafana: GrafanaStandIn,
    private readonly random: Random,
    private readonly trace: Trace,
  ) {}

  /** With this chance somebody does something. */
  act(share: number): void {
    if (!this.random.chance(share)) return;
    this.acts += 1;
    this.count += 1;
    const { person } = this.grafana;
    const marker = `person-${this.count}-`;
    const world = this.grafana.world();
    const boards = ours(Object.keys(world.dashboards)).filter((uid) => uid !== stateUid(project));
    const rules = ours(Object.keys(world.rules));
    const folders = ours(Object.keys(world.folders));
    const points = ours(Object.keys(world.contactPoints));
    const choices: (() => void)[] = [
      ...boards.flatMap((uid) => [
        () =>
          this.edited(`dashboard/${uid}`, marker, () =>
            person.editsDashboard(uid, (spec) => ({ ...spec, description: marker })),
          ),
        () =>
          this.edited(`dashboard/${uid}`, marker, () =>
            person.editsDashboardJson(uid, (spec) => ({ ...spec, description: marker })),
          ),
        // Noise: nobody's edit.
        () => person.savesDashboard(uid),
      ]),
      ...boards.slice(0, 1).map((uid) => () => this.removed(`dashboard/${uid}`, () => person.deletesDashboard(uid))),
      ...boards.slice(-1).map((uid) => () => {
        person.createsFolder(`${marker}folder`, 'Mine');
        this.edited(`dashboard/${uid}`, `${marker}folder`, () => person.movesDashboard(uid, `${marker}folder`));
      }),
      ...folders.map((uid) => () => this.edited(`folder/${uid}`, marker, () => person.renamesFolder(uid, marker))),
      ...(this.random.chance(0.2) ? folders : []).map((uid) => () => this.removesFolder(uid, world)),
      ...folders.map((uid) => () => {
        const name = `${marker}board`;
        person.createsDashboard(name, board(name, 9), uid);
        this.made(name, [`folder/${uid}`], ({ dashboards }) => dashboards[name]);
      }),
      ...folders.slice(0, 1).map((uid) => () => {
        const name = `${marker}inner`;
        person.createsFolder(name, name, uid);
        this.made(name, [`folder/${uid}`], (now) => now.folders[name]);
      }),
      ...rules.map((uid) => () => {
        const { group = '' } = world.rules[uid] ?? {};
        this.edited(`rule-group/${alertFolder.uid}/${group}`, marker, () =>
          person.editsRule(uid, (body) => ({ ...body, annotations: { note: marker } })),
        );
      }),
      ...(folders.includes(alertFolder.uid)
        ? [
            () => {
              const name = `${marker}rule`;
              person.createsRule(alertFolder.uid, `${marker}group`, rule(name, {}, 1));
              this.made(name, [`folder/${alertFolder.uid}`], (now) => now.rules[name]);
            },
          ]
        : []),
      ...points.map(
        (uid) => () =>
          this.edited(`contact-point/${uid}`, marker, () =>
            person.editsContactPoint(uid, (settings) => ({ ...settings, title: marker })),
          ),
      ),
      () => {
        const name = `${marker}point`;
        person.createsContactPoint(name, name, 'email', { addresses: 'a@example.org' });
        this.made(name, [], (now) => now.contactPoints[name]);
      },
      ...(world.muteTimings[timing]
        ? [
            () =>
              this.edited(`mute-timing/${timing}`, String(3000 + this.count), () =>
                person.editsMuteTiming(timing, (body) => ({
                  ...body,
                  time_intervals: [{ years: [String(3000 + this.count)] }],
                })),
              ),
          ]
        : []),
      ...(world.templates['hl text']
        ? [
            () =>
              this.edited('template/hl text', marker, () =>
                person.editsTemplate('hl text', `{{ define "${marker}" }}x{{ end }}`),
              ),
          ]
        : []),
      () => {
        const name = `${marker}text`;
        person.createsTemplate(name, `{{ define "${name}" }}x{{ end }}`);
        this.made(name, [], (now) => now.templates[name]);
      },
      () => {
        const route = { receiver: 'grafana-default-email', object_matchers: [['team', '=', marker]] };
        person.editsPolicies((tree) => ({
          ...tree,
          routes: [...objectsAt(tree, 'routes').map(([one]) => one), route],
        }));
        this.made(`route ${marker}`, ['policy/*'], ({ policies }) =>
          objectsAt(policies, 'routes')
            .map(([one]) => one)
            .find((one) => JSON.stringify(one['object_matchers']).includes(marker)),
        );
      },
      ...(JSON.stringify(world.policies).includes('grafana_folder","="')
        ? [
            () =>
              this.edited('policy/*', marker, () =>
                person.editsPolicies((tree) => ({
                  ...tree,
                  routes: objectsAt(tree, 'routes').map(([one]) =>
                    isOurRoute(one) ? { ...one, group_by: [marker] } : one,
                  ),
                })),
              ),
          ]
        : []),
    ];
    this.random.one(choices)();
  }

  /** A push was told to overwrite: what people removed may come back. */
  forgive(): void {
    this.deleted.clear();
  }

  /** A push did not want these; what is wanted again later is new. */
  notWanted(wanted: ReadonlySet<string>): void {
    for (const id of this.deleted.keys()) if (!wanted.has(id)) this.deleted.delete(id);
  }

  /** What got lost otherwise than in the named window. `overwritten`: backups of the pushes that were told to overwrite. */
  lost(overwritten: readonly Backup[]): readonly string[] {
    const world = this.grafana.world();
    const wrong: string[] = [];
    const texts = textsOf(world);
    let saved: string | undefined;
    for (const edit of this.edits.values()) {
      if (texts(edit.id).includes(edit.marker)) continue;
      saved ??= JSON.stringify(overwritten);
      if (!saved.includes(edit.marker) && !this.inWindow(edit.id, edit.at))
        wrong.push(`${edit.marker} of ${edit.id} is lost`);
      this.edits.delete(edit.id);
    }
    for (const [name, { text, was, within, at }] of this.theirs) {
      if (text(world) === was) continue;
      if (!within.some((id) => this.inWindow(id, at))) wrong.push(`${name}, which is not ours, was touched`);
      this.theirs.delete(name);
    }
    for (const [id, at] of this.deleted) {
      if (texts(id) === '') continue;
      if (!this.inWindow(id, at)) wrong.push(`${id} was deleted by a person, and is there again`);
      this.deleted.delete(id);
    }
    return wrong;
  }

  private inWindow(id: string, at: number): boolean {
    const begin = (write: Write): number => {
      if (lastWriteWins.test(id) && !isConditional(write)) return write.looked;
      // The check of the version and the write are two steps of one request (12.3); what a save went over is in the history.
      return id.startsWith('dashboard/') ? write.arrived : Infinity;
    };
    const hit = this.trace.writes.some(
      (write) => write.id === id && write.stored && begin(write) < at && at < write.ended,
    );
    if (hit) this.lostInWindow += 1;
    return hit;
  }

  private edited(id: string, marker: string, edit: () => void): void {
    edit();
    this.deleted.delete(id);
    this.edits.set(id, { id, marker, at: this.trace.now() });
  }

  private made(name: string, within: readonly string[], of: (world: Snapshot) => unknown): void {
    const text = (world: Snapshot): string => JSON.stringify(of(world)) ?? '';
    this.theirs.set(name, { text, was: text(this.grafana.world()), within, at: this.trace.now() });
  }

  private removed(id: string, remove: () => void): void {
    const state = this.grafana.world().dashboards[stateUid(project)];
    remove();
    this.edits.delete(id);
    // A push that never heard of it makes it anew.
    if (JSON.stringify(state?.spec ?? '').includes(`${id}\\"`)) this.deleted.set(id, this.trace.now());
  }

  /** Who deletes a folder deletes what others made in it, and that is not our loss. */
  private removesFolder(uid: string, before: Snapshot): void {
    this.removed(`folder/${uid}`, () => this.grafana.person.deletesFolder(uid));
    const texts = textsOf(this.grafana.world());
    const had = textsOf(before);
    for (const id of this.edits.keys()) if (had(id) !== '' && texts(id) === '') this.edits.delete(id);
    const world = this.grafana.world();
    for (const [name, { text }] of this.theirs) if (text(before) !== '' && text(world) === '') this.theirs.delete(name);
    // With the state in it, nothing tells any more what was there.
    if (!world.dashboards[stateUid(project)]) this.deleted.clear();
  }
}

/** A folder is renamed by its version; removed, whatever it holds. */
const isConditional = ({ id, method }: Write): boolean => id.startsWith('folder/') && method === 'PUT';

const ours = (uids: readonly string[]): readonly string[] => uids.filter((uid) => uid.startsWith(`${project}-`));

const isOurRoute = (route: Json): boolean =>
  JSON.stringify(route['object_matchers']) === JSON.stringify([['grafana_folder', '=', alertFolder.title]]);

/** All that is stored under an id; empty where nothing is. */
const textsOf =
  (world: Snapshot) =>
  (id: string): string => {
    const [kind = '', ...rest] = id.split('/');
    const key = rest.join('/');
    switch (kind) {
      case 'folder':
        return text(world.folders[key]);
      case 'dashboard': {
        const found = world.dashboards[key];
        return found ? text([found.spec, found.folderUid]) : '';
      }
      case 'contact-point':
        return text(world.contactPoints[key]);
      case 'mute-timing':
        return text(world.muteTimings[key]);
      case 'template':
        return text(world.templates[key]);
      case 'policy':
        return text(objectsAt(world.policies, 'routes').find(([route]) => isOurRoute(route))?.[0]);
      default: {
        const found = Object.values(world.rules).filter(({ folderUid, group }) => `${folderUid}/${group}` === key);
        return found.length > 0 ? text(found) : '';
      }
    }
  };

const text = (value: unknown): string => JSON.stringify(value) ?? '';
