import type { Labels } from './content';
import type { Family } from './families';

/** A page in Prometheus' text format at a moment (seconds since 1970). Series that are not there then are left out, metrics without series too. */
export const textPage = (families: readonly Family[], time: number): string => {
  let text = '';
  for (const { name, type, samples } of families) {
    let lines = '';
    for (const sample of samples) {
      const value = sample.value(time);
      if (value !== undefined) lines += `${seriesText(sample.name, sample.labels)} ${formatValue(value)}\n`;
    }
    if (lines !== '') text += `# HELP ${name} Simulated.\n# TYPE ${name} ${type}\n${lines}`;
  }
  return text;
};

/** `node_load1{host="nas"}`. A label without a value is none, and is not written. */
export const seriesText = (name: string, labels: Labels): string => {
  const pairs = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}="${escapeValue(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
};

/** A number as both formats spell it, with no more digits than it is worth: they would be most of the page. */
export const formatValue = (value: number): string => {
  if (Number.isInteger(value)) return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  const size = Math.abs(value);
  // Next to nothing is not nothing.
  if (size < 1e-4) return String(Number(value.toPrecision(4)));
  const digits = size < 1 ? 1e7 : size < 1000 ? 1e4 : 1e3;
  return String(Math.round(value * digits) / digits);
};

const escapeValue = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
