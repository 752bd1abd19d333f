import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** Panels that are read without a heading. */
const untitled = new Set([
  'text',
  'row',
  'news',
  'dashlist',
  'welcome',
  'logs',
  'table',
  'traces',
  'library-panel-ref',
  'grafana-clock-panel',
  'canvas',
]);
const defaults = new Set(['panel title', 'new panel']);

/** A panel says what it shows. */
export const panelTitle = defineRule({
  id: 'panel-title',
  on: 'panel',
  severity: 'warning',
  needs: 'nothing',
  says: 'a panel without a title, or with the one that the editor gives',
  why: 'Whoever is woken at night reads titles. One that was never given leaves guessing from the legend what is drawn, and links and exports cannot name the panel.',
  instead: 'Name what is measured: `Bytes received`.',

  *check(panel) {
    if (panel.library !== undefined) return;
    const title = panel.title.trim();
    if (defaults.has(title.toLowerCase()))
      yield {
        message: `the title is still the editor's: \`${title}\``,
        culprit: title,
        expected: 'name what the panel shows',
        severity: ownSeverity(panel, 'warning', 'info'),
      };
    else if (title === '' && !untitled.has(panel.type) && panel.type !== '')
      yield {
        message: `a \`${panel.type}\` panel has no title`,
        culprit: panel.type,
        expected: 'name what the panel shows',
        severity: ownSeverity(panel, 'warning', 'info'),
      };
  },

  accepts: [
    { name: 'a title', panel: { title: 'CPU' } },
    {
      name: 'a heading in its own text',
      panel: { type: 'text', title: '', options: { content: '# Disks' }, targets: undefined },
    },
    { name: 'a title with those words in it', panel: { title: 'Panel title length' } },
  ],
  rejects: [
    { name: 'none', panel: { title: '' }, because: 'has no title' },
    { name: 'the default', panel: { title: 'Panel Title' }, because: 'still the editor' },
  ],
});
