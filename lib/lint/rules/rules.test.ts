import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedKnowledge } from '../knowledge/recorded';
import { lint } from '../lint';
import type { Example, Rule } from '../rule';
import { exampleDocuments } from '../testing/clean';
import { exampleKnowledge } from '../testing/example-knowledge';
import { findingsOf, testRule, type KnowledgeFor } from '../testing/rule-cases';
import { rules } from './index';

const recorded = recordedKnowledge();
const knowledgeFor: KnowledgeFor = exampleKnowledge(recorded);

const files = readdirSync(__dirname)
  .filter((file) => /^(?!index\.ts$)[\w-]+\.ts$/.test(file))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();
const camelCase = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const examplesOf = (rule: Rule): readonly Example[] => [...rule.accepts, ...rule.rejects];
const named = rules.map((rule) => [rule.id, rule] as const);

describe('rules', () => {
  it('are all in the index, by their ids, which are the names of their files', () => {
    expect(rules.map(({ id }) => id)).toEqual(files);
  });

  it.each(named)('%s is what its file exports', async (id, rule) => {
    const exported = (await import(join(__dirname, `${id}.ts`))) as Readonly<Record<string, unknown>>;
    expect(exported[camelCase(id)]).toBe(rule);
  });

  it.each(['alert', 'recording', 'grafanaAlert', 'panel'] as const)('have nothing against the clean %s', (kind) => {
    const documents = exampleDocuments({ name: kind, [kind]: {} });
    const { findings, failures } = lint(documents, rules, { knowledge: recorded, today: '2026-11-21' });
    expect(failures).toEqual([]);
    expect(
      findings.filter(({ severity }) => severity !== 'info').map(({ rule, message }) => `${rule}: ${message}`),
    ).toEqual([]);
  });
});

describe('what a rule says of itself', () => {
  it.each(named)(
    '%s: one short line, whole sentences, examples of both kinds',
    (_, { says, why, instead, ...rule }) => {
      // A list of what is reported: no sentence, so that it reads on behind a name.
      expect(says).toMatch(/^(`|[a-z]|[A-Z]{2}|[A-Z][a-z]+[A-Z]|Grafana|Prometheus|Loki)/);
      expect(says).toMatch(/[^.!?:;,\s]$/);
      expect(says.length).toBeLessThanOrEqual(120);
      for (const text of [why, instead].filter((one) => one !== undefined)) {
        expect(text).toMatch(/^[A-Z`0-9]/);
        expect(text).toMatch(/[.?!]$/);
        expect(text).not.toMatch(/ {2}|\n|^\s|\s$/);
        expect(text.length).toBeLessThanOrEqual(600);
      }
      expect([rule.accepts.length > 0, rule.rejects.length > 0]).toEqual([true, true]);
    },
  );

  it.each(named)('%s: each example has a name of its own', (_, rule) => {
    const names = examplesOf(rule).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const name of names) expect(name).toMatch(/^\S.*[^.\s]$/);
  });
});

/** Accepted examples that are wrong in another way, which they are about: rule, example, and what else reports it. */
const knowinglyWrong: readonly (readonly [rule: string, example: string, by: string])[] = [
  ['metric-not-covered', 'a missing metric of a source that is covered', 'metric-exists'],
  ['unit-fits', 'a gauge that is rated by mistake', 'rate-of-gauge'],
];

describe('what a page shows as fine', () => {
  const accepted = rules.flatMap((rule) => rule.accepts.map((example) => [rule.id, example.name, example] as const));

  it.each(accepted)('%s: %s has no error of any rule', (id, name, example) => {
    const errors = findingsOf(rules, example, knowledgeFor).filter(({ severity }) => severity === 'error');
    // Of a query alone the reader takes it that its board has the variables.
    const isQueryAlone = example.query !== undefined && example.board === undefined;
    const known = knowinglyWrong.filter(([rule, one]) => rule === id && one === name).map(([, , by]) => by);
    expect(
      [...new Set(errors.map(({ rule }) => rule))].filter((rule) => !(isQueryAlone && rule === 'variable-defined')),
    ).toEqual(known);
  });
});

for (const rule of rules) testRule(rule, knowledgeFor);
