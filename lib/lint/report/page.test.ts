import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../rules/index';
import { exampleTexts } from './example-text';
import { lintGuide } from './guide';
import { explainRule, listRules, rulePage } from './page';

describe('an example', () => {
  it('is shown as its author would write it', () => {
    expect(exampleTexts({ name: 'a', query: 'up', language: 'logql' })).toEqual([{ language: 'logql', text: 'up' }]);
    expect(exampleTexts({ name: 'a', query: 'up', panel: { type: 'stat' } })).toEqual([
      { language: 'promql', text: 'up' },
      { language: 'json', text: '{ "type": "stat" }' },
    ]);
    expect(exampleTexts({ name: 'a', alert: { expr: 'up{job="a"} == 0', for: undefined } })).toEqual([
      { language: 'yaml', text: '- alert: Example\n  expr: up{job="a"} == 0' },
    ]);
    expect(exampleTexts({ name: 'a', files: { 'a.json': '{}\n', 'b.yaml': 'groups: []\n' } })).toEqual([
      { language: 'json', file: 'a.json', text: '{}' },
      { language: 'yaml', file: 'b.yaml', text: 'groups: []' },
    ]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('of %s keeps what it says', (_, { accepts, rejects }) => {
    for (const example of [...accepts, ...rejects])
      for (const { language, file, text } of exampleTexts(example)) {
        expect(text).not.toMatch(/undefined/);
        if (file === undefined && language === 'json')
          expect([example.variable, example.panel, example.board].map((one) => one && JSON.stringify(one))).toContain(
            JSON.stringify(JSON.parse(text)),
          );
        if (file === undefined && language === 'yaml')
          expect((parse(text) as object[])[0]).toMatchObject(
            JSON.parse(JSON.stringify(example.alert ?? example.grafanaAlert ?? example.recording)) as object,
          );
      }
  });
});

describe('a page', () => {
  it('names the ways to allow that there are for what the rule looks at', () => {
    const of = (id: string): string => rulePage(rules.find((rule) => rule.id === id) ?? rules[0]!);
    expect(of('alert-for')).toContain('# lint allow alert-for: ');
    expect(of('alert-for')).not.toContain('allow(panel');
    expect(of('panel-title')).toContain("allow(panel, 'panel-title', ");
    expect(of('panel-title')).not.toContain('# lint allow');
    expect(of('board-identity')).toContain('  - rule: board-identity\n');
  });

  it('is linked from the guide, one for each rule', () => {
    const guide = lintGuide(rules);
    for (const { id } of rules) expect(guide).toContain(`| [${id}](${id}.md) | `);
  });
});

describe('on a terminal', () => {
  it('a rule is a line of the list, and a page with one example of each kind', () => {
    expect(listRules(rules).split('\n').length).toBe(rules.length + 1);
    for (const rule of rules) {
      expect(explainRule(rule)).toMatch(/\nreported: [^]*\n {2}-> … .* …\n[^]*\nfine: /);
      expect(explainRule(rule)).not.toMatch(/```|undefined/);
    }
  });
});
