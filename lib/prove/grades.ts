import type { Catalog, Evidence } from '../catalog/catalog';
import type { ResolvedHomelab } from '../homelab/resolved';
import { metricsOf } from '../query/promql';

/** From the weakest to the best. */
export const grades: readonly Evidence[] = ['docs', 'source', 'golden', 'live'];

/** How well the metrics of queries are known: the weakest grade, and which have it. Undefined where no catalog has any of them. */
export const weakestGrade = (
  queries: readonly string[],
  { sources }: Pick<ResolvedHomelab, 'sources'>,
): { readonly grade: Evidence; readonly metrics: readonly string[] } | undefined => {
  const catalogs = [...new Set(Object.values(sources).map(({ catalog }) => catalog))];
  const known = [...new Set(queries.flatMap(metricsOf))].flatMap((name) => {
    const grade = gradeOf(name, catalogs);
    return grade ? [{ name, grade }] : [];
  });
  const grade = grades.find((each) => known.some((metric) => metric.grade === each));
  return grade && { grade, metrics: known.filter((metric) => metric.grade === grade).map(({ name }) => name) };
};

/** Of exporters that share a name, the one that knows it best. */
const gradeOf = (name: string, catalogs: readonly Catalog[]): Evidence | undefined => {
  const found = catalogs.flatMap(({ metrics, evidence }) => {
    const metric = [name, name.replace(/_(bucket|count|sum)$/, '')].flatMap((each) =>
      Object.hasOwn(metrics, each) ? [metrics[each]] : [],
    )[0];
    return metric ? [metric.evidence ?? evidence] : [];
  });
  return [...grades].reverse().find((grade) => found.includes(grade));
};
