import type { ResolvedSource } from '../homelab/resolved';
import type { Matcher } from './expression';

/** Whether a declared target is one of those that are asked for, by the labels that its absence would carry. */
export const isTarget = (
  where: readonly Matcher[],
  source: ResolvedSource,
  labels: Readonly<Record<string, string>>,
): boolean =>
  where.every(({ label, operator, value }) => {
    const text = 'text' in value ? value.text : '';
    const is = labelOfTarget(label, source, labels);
    const fits = operator === '=' || operator === '!=' ? is === text : new RegExp(`^(?:${text})$`).test(is);
    return operator === '=' || operator === '=~' ? fits : !fits;
  });

const labelOfTarget = (label: string, source: ResolvedSource, labels: Readonly<Record<string, string>>): string => {
  const jobs = source.select['job'] ?? [source.job];
  if (label === 'job') return jobs.length === 1 ? (jobs[0] as string) : '';
  const identity = source.identity[label as keyof typeof source.identity];
  if (!identity) return labels[label] ?? '';
  const is = labels[identity.label] ?? '';
  return is.startsWith(identity.prefix) && is.endsWith(identity.suffix)
    ? is.slice(identity.prefix.length, is.length - identity.suffix.length)
    : '';
};
