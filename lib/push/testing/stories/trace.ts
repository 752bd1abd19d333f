import { isObject, objectAt, textAt } from '../../../grafana-json/json';
import { stateUid } from '../../state-dashboard';
import type { ArrivedRequest, GrafanaStandIn } from '../grafana';
import { project } from './desired';

/** A write of a pusher that arrived. */
export interface Write {
  readonly from: string;
  readonly method: string;
  /** `dashboard/hl-d1`, `policy/*`, `state`. */
  readonly id: string;
  /** When the same pusher last looked at the object; -1: never. */
  readonly looked: number;
  readonly arrived: number;
  /** When it was over; Infinity: it is not. */
  ended: number;
  stored: boolean;
}

/** The order in which things happened: what pushers read and wrote, and when. */
export class Trace {
  readonly writes: Write[] = [];
  /** Requests that are being served. */
  open = 0;
  private moment = 0;
  private readonly looks = new Map<string, number>();

  constructor(
    standIn: GrafanaStandIn,
    /** Just before a request is served. */
    private readonly before: (write: Write | undefined) => void,
  ) {
    standIn.onRequest = (request) => this.arrived(request);
  }

  /** A number for something that happens now. */
  now(): number {
    return (this.moment += 1);
  }

  private arrived(request: ArrivedRequest): (stored: boolean) => void {
    const { from, method, write: isWrite } = request;
    const id = idIn(request);
    this.open += 1;
    const write: Write | undefined =
      isWrite && id !== undefined
        ? { from, method, id, looked: this.lastLook(from, id), arrived: this.now(), ended: Infinity, stored: false }
        : undefined;
    if (write) this.writes.push(write);
    this.before(write);
    if (!isWrite && id !== undefined) this.looks.set(`${from} ${id}`, this.now());
    return (stored) => {
      this.open -= 1;
      if (write) Object.assign(write, { ended: this.now(), stored });
    };
  }

  private lastLook(from: string, id: string): number {
    const kind = id.slice(0, id.indexOf('/'));
    return Math.max(this.looks.get(`${from} ${id}`) ?? -1, this.looks.get(`${from} ${kind}/*`) ?? -1);
  }
}

const patterns: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^\/api\/folders\/([^/]+)/, (uid) => `folder/${uid}`],
  [/^\/apis\/dashboard[^/]*\/[^/]+\/namespaces\/[^/]+\/dashboards\/([^/]+)/, (uid) => boardId(uid)],
  [/^\/api\/dashboards\/uid\/([^/]+)$/, (uid) => boardId(uid)],
  [/^\/api\/v1\/provisioning\/contact-points\/([^/]+)$/, (uid) => `contact-point/${uid}`],
  [/^\/api\/v1\/provisioning\/contact-points$/, () => 'contact-point/*'],
  [/^\/api\/v1\/provisioning\/policies$/, () => 'policy/*'],
  [/^\/api\/v1\/provisioning\/mute-timings\/([^/]+)$/, (name) => `mute-timing/${name}`],
  [/^\/api\/v1\/provisioning\/templates\/([^/]+)$/, (name) => `template/${name}`],
  [/^\/api\/v1\/provisioning\/folder\/([^/]+)\/rule-groups\/([^/]+)$/, (uid, name) => `rule-group/${uid}/${name}`],
];

const boardId = (uid = ''): string => (uid === stateUid(project) ? 'state' : `dashboard/${uid}`);

/** Of which object a request speaks. */
const idIn = ({ method, path, body }: ArrivedRequest): string | undefined => {
  if (method === 'POST' && isObject(body)) {
    if (path === '/api/dashboards/db') return boardId(textAt(objectAt(body, 'dashboard'), 'uid'));
    if (path === '/api/folders') return `folder/${textAt(body, 'uid')}`;
    if (path.endsWith('/contact-points')) return `contact-point/${textAt(body, 'uid')}`;
    if (path.endsWith('/mute-timings')) return `mute-timing/${textAt(body, 'name')}`;
  }
  for (const [pattern, id] of patterns) {
    const found = pattern.exec(path);
    if (found) return id(...found.slice(1).map(decodeURIComponent));
  }
  return undefined;
};
