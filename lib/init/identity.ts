import type { EntityName, Identity } from '../homelab/homelab';
import type { SeenTarget } from './seen';

/** How an entity is found in the labels of some targets, and how that is known. */
export interface IdentitySeen {
  /** As the homelab file says it; absent: the label has the entity's own name, which is the default. */
  readonly identity?: Identity;
  readonly nameOf: (target: Pick<SeenTarget, 'labels'>) => string;
  readonly evidence: string;
  /** What would be better and is not ours to change: a relabel rule to add. */
  readonly better?: string;
}

/** Labels under which people write the name of a machine, the most telling first. */
const hostLabels = [
  'host',
  'hostname',
  'host_name',
  'nodename',
  'node',
  'machine',
  'server',
  'device',
  'alias',
  'name',
];

/** Labels under which people write what somebody uses. */
const serviceLabels = ['service', 'app', 'application', 'service_name', 'app_name', 'container', 'name', 'alias'];

/** How these targets, each of one machine, tell which. */
export const hostIdentity = (targets: readonly SeenTarget[]): IdentitySeen =>
  byLabel('host', hostLabels, targets) ?? byInstance('host', targets);

/** How these targets, each of one app, tell which; `others` are targets of other programs, whose names must be others. */
export const serviceIdentity = (targets: readonly SeenTarget[], others: readonly SeenTarget[] = []): IdentitySeen => {
  const candidates = [
    byLabel('service', serviceLabels, targets),
    areDistinct(targets, ({ labels }) => labels['job']) ? ofJob : undefined,
    byInstance('service', targets),
  ];
  const isOwn = ({ nameOf }: IdentitySeen): boolean => {
    const names = new Set(targets.map(nameOf));
    return !others.some((other) => names.has(nameOf(other)));
  };
  return candidates.find((one) => one !== undefined && isOwn(one)) ?? wholeInstance;
};

/** How probed addresses tell which: where no label names them, they are what is asked. */
export const probeIdentity = (targets: readonly SeenTarget[]): IdentitySeen =>
  byLabel('service', serviceLabels, targets) ?? { ...wholeInstance, evidence: '`instance` is what is asked' };

/** The same identity, found in the labels of other targets; undefined where one of them does not have it. */
export const appliesTo = (
  { identity = 'host', nameOf }: IdentitySeen,
  targets: readonly SeenTarget[],
  names: ReadonlySet<string>,
): boolean =>
  targets.every((target) => {
    const label = typeof identity === 'string' ? identity : identity.label;
    return target.labels[label] !== undefined && names.has(nameOf(target));
  });

const ofJob: IdentitySeen = {
  identity: 'job',
  nameOf: ({ labels }) => labels['job'] ?? '',
  evidence: 'its job is its own',
};

const byLabel = (
  entity: EntityName,
  candidates: readonly string[],
  targets: readonly SeenTarget[],
): IdentitySeen | undefined => {
  const label = candidates.find((each) => areDistinct(targets, ({ labels }) => labels[each]));
  if (label === undefined) return undefined;
  return {
    ...(label !== entity && { identity: label }),
    nameOf: ({ labels }) => labels[label] ?? '',
    evidence:
      targets.length > 1 ? `the label \`${label}\` is different on each target` : `its label \`${label}\` says it`,
  };
};

/** What the homelab file takes as a name. */
const isName = (value: string): boolean => /^\S(.*\S)?$/.test(value);

const areDistinct = (targets: readonly SeenTarget[], of: (target: SeenTarget) => string | undefined): boolean => {
  const values = targets.map(of);
  // Two jobs may scrape one machine: then they agree about its address as well.
  const places = new Map(targets.map((target, index) => [values[index], target.instance]));
  return (
    targets.length > 0 &&
    values.every((value) => value !== undefined && isName(value)) &&
    targets.every((target, index) => places.get(values[index]) === target.instance)
  );
};

const wholeInstance: IdentitySeen = {
  identity: 'instance',
  nameOf: ({ labels }) => labels['instance'] ?? '',
  evidence: 'nothing but `instance` tells them apart',
};

const byInstance = (entity: EntityName, targets: readonly SeenTarget[]): IdentitySeen => {
  const instances = targets.map(({ instance }) => instance);
  if (instances.every((instance) => portOf(instance) === undefined)) return wholeInstance;
  const ports = [...new Set(instances.map(portOf))];
  const [port] = ports;
  if (ports.length === 1 && port !== undefined && !instances.some((instance) => /[{}]/.test(instance))) {
    return {
      identity: { label: 'instance', pattern: `{${entity}}:${port}` },
      nameOf: ({ labels }) => withoutPort(labels['instance'] ?? ''),
      evidence: `\`instance\` ends in :${port}, and nothing else tells`,
    };
  }
  return {
    ...wholeInstance,
    evidence: `\`instance\` has different ports (${ports.map((each) => (each === undefined ? 'none' : String(each))).join(', ')}), so they are part of the name`,
    better: `for names without ports, add to the scrape configuration: relabel_configs: [{ source_labels: [__address__], regex: '(.*):.*', target_label: ${entity} }]`,
  };
};

/** The port at the end of an `instance`, if there is one. */
export const portOf = (instance: string): number | undefined => {
  const found = /^(?:\[[^\]]+\]|[^:/]+):(\d{1,5})$/.exec(instance);
  return found ? Number(found[1]) : undefined;
};

/** `nas:9100` -> `nas`, `[::1]:9100` -> `[::1]`. */
export const withoutPort = (instance: string): string =>
  portOf(instance) === undefined ? instance : instance.replace(/:\d+$/, '');
