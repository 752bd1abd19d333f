import { parseHttpUrl } from '../addresses';
import { eachEntry, type Draft, type Partially } from '../draft';
import type { Target } from '../homelab';
import { problem, type HomelabProblem } from '../problem';

/** Targets have names that one can type, folders that Grafana takes, and no two of them would write over each other. */
export function* checkTargets({ targets, project = 'hl' }: Draft): Iterable<HomelabProblem> {
  const taken = new Map<string, string>();
  for (const [name, target] of eachEntry(targets)) {
    const keys = ['targets', name];
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(name))
      yield problem(keys, {
        what: 'unusable name of a target',
        value: name,
        allowed: 'up to 40 letters, digits, dashes and underscores, a letter or digit first',
        try: 'choose one that is easy to type after --target',
        onKey: true,
      });
    if (target.kind === 'grafana' && target.folder?.toLowerCase() === 'general')
      yield problem([...keys, 'folder'], {
        what: 'a title that Grafana keeps for itself',
        value: target.folder,
        try: 'choose another title',
      });
    const place = placeOf(target, project);
    const first = place === undefined ? undefined : taken.get(place);
    if (first !== undefined)
      yield problem(keys, {
        what: `the same place as the target '${first}': each push to one would undo that to the other`,
        allowed: target.kind === 'grafana' ? 'another `url`, `org` or `project`' : 'another `url` or `tenant`',
        try: target.kind === 'grafana' ? `add \`project: '...'\`, or remove one of them` : 'remove one of them',
        onKey: true,
      });
    else if (place !== undefined) taken.set(place, name);
  }
}

/** What two targets must not share; undefined where it is not known. */
const placeOf = (target: Partially<Target>, project: string): string | undefined => {
  const url = parseHttpUrl(target.url ?? '');
  if (!url) return undefined;
  const where = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  if (target.kind === 'grafana') return `grafana ${where} ${target.org ?? ''} ${target.project ?? project}`;
  return target.kind === 'ruler' ? `ruler ${where} ${target.tenant ?? ''}` : undefined;
};
