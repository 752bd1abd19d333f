import { eachText, pathOf, textAt, type Json } from './json';
import { placedIn } from './panels';
import { hint, inPanel, type Problem } from './problem';

/** Every link to a dashboard goes to one that exists. */
export const checkLinks = (dashboard: Json, knownUids: readonly string[] | undefined): Problem[] => {
  if (knownUids === undefined) return [];
  const own = textAt(dashboard, 'uid');
  const known = [...new Set(own === undefined ? knownUids : [...knownUids, own])];
  const { panels: _, ...rest } = dashboard;
  return [
    ...linkProblems(rest, '', known),
    ...placedIn(dashboard).flatMap(({ panel, path, isRow }) =>
      isRow ? [] : inPanel(panel, linkProblems(panel, path, known)),
    ),
  ];
};

const linkProblems = (value: unknown, path: string, known: readonly string[]): Problem[] => {
  const problems: Problem[] = [];
  eachText(value, (text, _, steps) => {
    if (!text.includes('d/')) return;
    for (const uid of dashboardsIn(text)) {
      if (known.includes(uid)) continue;
      const message = `no dashboard has the uid \`${uid}\`${hint(uid, known)}`;
      problems.push({ path: pathOf(path, ...steps), message, got: uid, allowed: known });
    }
  });
  return problems;
};

/** Uids in paths such as `/d/uid`, `d/uid/slug?…`, `/grafana/d/uid`; what begins with a host is somebody else's. */
const dashboardsIn = (text: string): string[] =>
  [...text.matchAll(/(?:^|[("'\s])((?:[\w.-]+\/|\/)*)d\/([A-Za-z0-9_-]+)(?=[/?#)"'\s]|$)/g)].flatMap(
    ([, , uid]) => uid ?? [],
  );
