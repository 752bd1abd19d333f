import { caretAt } from './lines';
import type { Problem, Source } from './source';
import type { Path } from '../subject';

/** What can be read, for who gave something else. */
export const understood =
  'Grafana dashboards (JSON; classic, v2, as the API or an export gives them), Grafana alerting files, rule files of Prometheus, Mimir, Loki and vmalert, PrometheusRule objects';

/** Something of a file that is not what it should be, with its line and a caret. */
export const problemAt = (source: Source, path: Path, message: string, expected?: string): Problem => {
  const place = source.placeOf(path);
  return {
    file: source.file,
    place,
    message,
    caret: caretAt(source.text, place.line, place.column),
    ...(expected !== undefined && { expected }),
  };
};

/** The same for a text that is no data yet. */
export const problemInText = (
  file: string,
  text: string,
  { line, column }: { readonly line: number; readonly column: number },
  message: string,
  expected?: string,
): Problem => ({
  file,
  place: { file, line, column },
  message,
  caret: caretAt(text, line, column),
  ...(expected !== undefined && { expected }),
});
