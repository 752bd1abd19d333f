import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { alerts } from '../alerts/index';
import { dashboards } from '../dashboards/index';
import { appFacts, appNames } from '../lib/apps/app-facts';
import { appPage, hasPage, type Notes } from '../lib/apps/app-page';
import { supportMatrix } from '../lib/apps/support-matrix';
import type { Content } from '../lib/render/render';
import type { Snapshots } from './snapshots';

const folder = join(__dirname, '..', 'docs', 'apps');

/** `docs/apps`: the support matrix, and a page for each app that boards or alerts are about. Notes (`*.notes.md`) are read, never written. */
export const appPages = (content: Content = { dashboards, alerts }): Snapshots => {
  const all = appNames().map((app) => appFacts(app, content));
  return {
    folder,
    files: [
      { path: 'README.md', text: supportMatrix(all, notesOf) },
      ...all.filter(hasPage).map((facts) => ({ path: `${facts.app}.md`, text: appPage(facts, notesOf(facts.app)) })),
    ],
    ours: /^[\w-]+\.md$/,
  };
};

/** A file of notes is about the app that it is called by, or about those in its first line: `<!-- apps: sonarr, radarr -->`. */
export const notesOf = (app: string): readonly Notes[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.notes.md'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const apps = /^<!-- apps: (.*?) -->/.exec(text)?.[1]?.split(/,\s*/) ?? [file.slice(0, -'.notes.md'.length)];
      return apps.includes(app) ? [{ file, text, alone: apps.length === 1 }] : [];
    });
