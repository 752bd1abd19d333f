import { expect, it } from 'vitest';
import type { QueryProof } from '../proof/prove';
import { labelFaults, legendFaults } from './legends';

const panel = (legendFormat: string, type = 'timeseries') => ({
  id: 1,
  type,
  targets: [{ refId: 'A', expr: 'x', legendFormat }],
});
const query = (...labels: readonly Readonly<Record<string, string>>[]): readonly QueryProof[] => [
  {
    refId: 'A',
    expr: 'x',
    verdict: 'data',
    why: '',
    seconds: 0,
    series: labels.map((each) => ({ labels: each, samples: [[0, 1]] })),
  },
];
const faults = (legend: string, ...labels: readonly Readonly<Record<string, string>>[]): readonly string[] =>
  legendFaults(panel(legend), query(...labels));

it('names each series by labels that it has', () => {
  expect(faults('{{host}} · {{device}}', { host: 'nas', device: 'sda' }, { host: 'nas', device: 'sdb' })).toEqual([]);
  expect(faults('{{mountpoint}}', { mountpoint: '/' })).toEqual([]);
  expect(faults('CPU busy', {})).toEqual([]);
});

it('does not ask for a label that no series has; that some lack it is no fault', () => {
  expect(faults('{{host}} {{disk}}', { host: 'nas' })).toEqual(['A: the legend asks for `disk`, which no series has']);
  expect(faults('{{host}} {{disk}}', { host: 'nas' }, { host: 'pi', disk: 'sda' })).toEqual([]);
});

it('does not leave a series without a name', () => {
  expect(faults('{{disk}}', { host: 'nas', disk: '' }, { disk: 'sda' })).toEqual([
    'A: a series has no name in the legend',
  ]);
});

it('does not give two series one name', () => {
  expect(faults('{{host}}', { host: 'nas', disk: 'a' }, { host: 'nas', disk: 'b' })).toEqual([
    '2 series are called “nas”',
  ]);
});

it('leaves tables alone, and what Grafana names itself', () => {
  expect(legendFaults(panel('{{nothing}}', 'table'), query({ host: 'nas' }))).toEqual([]);
  expect(faults('__auto', { host: 'nas' }, { host: 'nas', disk: 'b' })).toEqual([]);
});

it('tells labels that are missing apart from names that are the reader’s own', () => {
  const told = (legend: string, ...labels: readonly Readonly<Record<string, string>>[]) =>
    labelFaults(panel(legend), query(...labels));
  expect(told('{{host}}', { host: 'nas', disk: 'a' }, { host: 'nas', disk: 'b' })).toEqual([]);
  expect(told('{{disk}}', { host: 'nas' })).toEqual(['A: the legend asks for `disk`, which no series has']);
});
