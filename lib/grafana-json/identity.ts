import { textAt, type Json } from './json';
import { placedIn } from './panels';
import { inPanel, type Problem } from './problem';

/** What Grafana knows a dashboard and its panels by. */
export const checkIdentity = (dashboard: Json): Problem[] => [
  ...uidProblems(dashboard),
  ...titleProblems(dashboard),
  ...tagProblems(dashboard),
  ...timezoneProblems(dashboard),
  ...panelIdProblems(dashboard),
];

const longestUid = 40;
const longestTitle = 5000;
/** `dashboard_tag.term` in Grafana's database. */
const longestTag = 50;

const uidProblems = (dashboard: Json): Problem[] => {
  const problems: Problem[] = [];
  const uid = textAt(dashboard, 'uid');
  if (uid !== undefined && !/^[a-zA-Z0-9_-]+$/.test(uid)) {
    problems.push({ path: 'uid', message: 'must be made of letters, digits, `-` and `_`', got: uid });
  }
  if (uid !== undefined && uid.length > longestUid) {
    problems.push({ path: 'uid', message: `has ${uid.length} characters; Grafana takes ${longestUid}`, got: uid });
  }
  if (typeof dashboard['id'] === 'number') {
    problems.push({ path: 'id', message: 'is given by the server: leave it out', got: dashboard['id'] });
  }
  return problems;
};

const titleProblems = (dashboard: Json): Problem[] => {
  const title = textAt(dashboard, 'title');
  if (title === undefined) return [];
  if (title.trim() === '') return [{ path: 'title', message: 'is empty', got: title }];
  if (title !== title.trim())
    return [{ path: 'title', message: 'has spaces around it, which Grafana cuts', got: title }];
  const bytes = Buffer.byteLength(title);
  return bytes > longestTitle ? [{ path: 'title', message: `has ${bytes} bytes; Grafana takes ${longestTitle}` }] : [];
};

const tagProblems = (dashboard: Json): Problem[] => {
  const tags = Array.isArray(dashboard['tags']) ? dashboard['tags'] : [];
  return tags.flatMap((tag: unknown, index): Problem[] => {
    const path = `tags[${index}]`;
    if (typeof tag !== 'string') return [];
    if (tag.trim() === '' || tag !== tag.trim())
      return [{ path, message: 'is empty or has spaces around it', got: tag }];
    if (tag.length > longestTag)
      return [{ path, message: `has ${tag.length} characters; Grafana takes ${longestTag}`, got: tag }];
    return tags.indexOf(tag) < index ? [{ path, message: `\`${tag}\` is there already`, got: tag }] : [];
  });
};

const timezoneProblems = (dashboard: Json): Problem[] => {
  const zone = textAt(dashboard, 'timezone');
  if (zone === undefined || ['', 'browser', 'utc'].includes(zone)) return [];
  if (isZone(zone)) return [];
  return [{ path: 'timezone', message: 'must be `browser`, `utc` or a name such as `Europe/Berlin`', got: zone }];
};

/** Asking takes milliseconds, and the boards of one homelab have one answer. */
const zones = new Map<string, boolean>();
const isZone = (zone: string): boolean => {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  // The list is there ten times as fast as the format of a zone, which older names such as Asia/Calcutta need.
  const valid = Intl.supportedValuesOf('timeZone').includes(zone) || hasFormat(zone);
  zones.set(zone, valid);
  return valid;
};

const hasFormat = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
};

const panelIdProblems = (dashboard: Json): Problem[] => {
  const seen = new Map<unknown, string>();
  return placedIn(dashboard).flatMap(({ panel, path }) => {
    const id = panel['id'];
    if (typeof id !== 'number') return [];
    const other = seen.get(id);
    if (other === undefined) seen.set(id, path);
    return other === undefined
      ? []
      : inPanel(panel, [{ path: `${path}.id`, message: `${id} is the id of ${other} too`, got: id }]);
  });
};
