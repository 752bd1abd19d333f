import type { Path, Alert } from '../subject';
import { readTemplate, type GoTemplate } from './go-template';

/** A label or annotation of an alert that is a template. */
export interface AlertText {
  readonly of: 'label' | 'annotation';
  readonly name: string;
  readonly text: string;
  readonly at: Path;
  readonly template: GoTemplate;
}

const read = new WeakMap<Alert, readonly AlertText[]>();

/** Those labels and annotations of an alert that have `{{` in them, read once. */
export const templatesOf = (alert: Alert): readonly AlertText[] => {
  const before = read.get(alert);
  if (before) return before;
  const engine = alert.engine === 'grafana' ? 'grafana' : 'prometheus';
  const texts = (['label', 'annotation'] as const).flatMap((of) =>
    Object.entries(alert[`${of}s`])
      .filter(([, text]) => text.includes('{{'))
      .map(([name, text]) => ({
        of,
        name,
        text,
        at: [...alert.at, `${of}s`, name],
        template: readTemplate(text, engine),
      })),
  );
  read.set(alert, texts);
  return texts;
};
