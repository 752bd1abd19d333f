import { drawsData } from '../panel/kinds';
import { defineRule } from '../rule';
import type { Panel } from '../subject';

/** A panel says what it means. */
export const panelDescription = defineRule({
  id: 'panel-description',
  on: 'panel',
  severity: 'info',
  needs: 'nothing',
  says: 'a panel without a description',
  why: 'A title names a value; what is normal, where it comes from and what to do when it is high stands nowhere else.',
  instead: 'Say in one sentence what the value means and when to worry.',

  *check(panel) {
    if (!lacksDescription(panel)) return;
    if (panel.document.own) {
      yield {
        message: `\`${panel.title || panel.type}\` has no description`,
        culprit: panel.title || panel.type,
        expected: 'say in a sentence what it means',
        severity: 'warning',
      };
      return;
    }
    // A convention that strangers may not share: told once a board.
    const { panels } = panel.board;
    if (panels.find(lacksDescription) !== panel) return;
    const [lacking, all] = [panels.filter(lacksDescription).length, panels.filter(drawsData).length];
    yield {
      message: `\`${panel.title || panel.type}\` has no description${lacking > 1 ? `, as ${lacking} of ${all} panels` : ''}`,
      culprit: panel.title || panel.type,
      expected: 'say in a sentence what each means',
    };
  },

  accepts: [
    { name: 'a description', panel: { description: 'Time that the CPU was busy.' } },
    { name: 'a text, which describes itself', panel: { type: 'text', description: '', targets: undefined } },
  ],
  rejects: [
    { name: 'none', panel: { description: undefined }, because: 'has no description' },
    { name: 'spaces', panel: { description: '  ' }, because: 'has no description' },
  ],
});

const lacksDescription = (panel: Panel): boolean => drawsData(panel) && panel.description.trim() === '';
