import { rules } from '../lib/lint/rules/index';
import type { LintResult } from '../lib/lint/report/result';
import type { Rule } from '../lib/lint/rule';
import { nearest } from '../lib/nearest';

/** The rules that `--only` names; all without. */
export const chosenRules = (only: readonly string[] | undefined): readonly Rule[] => {
  if (!only) return rules;
  const ids = new Set(only.map((id) => ruleCalled(id).id));
  return rules.filter(({ id }) => ids.has(id));
};

/** The rule with an id; throws with the nearest ones where there is none. */
export const ruleCalled = (id: string): Rule => {
  const found = rules.find((rule) => rule.id === id);
  if (found) return found;
  const meant = nearest(
    id,
    rules.map((rule) => rule.id),
  );
  throw new Error(
    `there is no rule \`${id}\`\n  try: ${meant.length > 0 ? meant.map((each) => `\`${each}\``).join(', ') : 'npm run -s lint -- --rules'}`,
  );
};

/** Rules that cannot be run where no server is asked. */
export const leftWithoutServer = (chosen: readonly Rule[]): LintResult['left'] =>
  chosen
    .filter(({ needs }) => needs === 'server')
    .map(({ id }) => ({ rule: id, why: 'needs a server: --prometheus URL or --grafana URL' }));
