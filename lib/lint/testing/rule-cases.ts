import { describe, expect, it } from 'vitest';
import { resolveHomelab } from '../../homelab/resolve';
import type { Knowledge } from '../knowledge';
import { lint, type Found } from '../lint';
import { keyOf, type Answer, type Answers } from '../question';
import type { Example, Rule } from '../rule';
import type { LintDocument } from '../subject';
import { exampleDocuments } from './clean';

/** What rules know while they look at an example. */
export type KnowledgeFor = (example: Example) => Knowledge;

/** Tries a rule on its own examples: those that it accepts give no finding of it, those that it rejects one whose message holds `because`. */
export const testRule = (rule: Rule, knowledgeFor: KnowledgeFor = () => noKnowledge): void => {
  describe(rule.id, () => {
    it.each(rule.accepts.map((example) => [example.name, example] as const))('accepts %s', (_, example) => {
      expect(findingsOf([rule], example, knowledgeFor).map(({ message }) => message)).toEqual([]);
    });
    it.each(rule.rejects.map((example) => [example.name, example] as const))('rejects %s', (_, example) => {
      const messages = findingsOf([rule], example, knowledgeFor).map(({ message }) => message);
      expect(messages.length, 'a finding').toBeGreaterThan(0);
      expect(messages.join('\n')).toContain(example.because);
    });
  });
};

/** What rules find in an example; throws what a rule throws. */
export const findingsOf = (
  rules: readonly Rule[],
  example: Example,
  knowledgeFor: KnowledgeFor = () => noKnowledge,
): readonly Found[] => {
  const { findings, failures } = lint(documentsOf(example), rules, {
    knowledge: knowledgeFor(example),
    today: '2026-11-21',
    homelab: example.homelab && resolveHomelab(example.homelab),
    // A rule that needs a server is only run where one was asked.
    ...(rules.some(({ needs }) => needs === 'server') && { answers: answersOf(example.answers ?? {}) }),
    testedAlerts: example.testedAlerts && new Set(example.testedAlerts),
  });
  const [failure] = failures;
  if (failure) throw failure.error;
  return findings;
};

const documentsOf = (example: Example): readonly LintDocument[] =>
  example.own
    ? exampleDocuments(example).map((document) => Object.assign(document, { own: true }))
    : exampleDocuments(example);

/** Answers by the key of their question; those that are not given did not come. */
export const answersOf = (answers: Readonly<Record<string, unknown>>): Answers => ({
  of: (question) => answers[keyOf(question)] as Answer | undefined,
});

/** Covers nothing, so that only what needs no catalog is found. */
export const noKnowledge: Knowledge = {
  of: ({ name }) =>
    name === undefined ? { state: 'unnamed' } : { state: 'uncovered', name, source: name.split('_')[0] ?? name },
  intervalOf: () => undefined,
  scraped: new Set(['job', 'instance']),
  says: 'nothing',
  live: false,
};
