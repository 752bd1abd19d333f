import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standIn, type StandIn } from '../server/testing/stand-in';
import { readPage } from './read-page';

let folder: string;
let running: StandIn | undefined;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'page-'))));
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await running?.stop();
  running = undefined;
});

describe('readPage', () => {
  it('asks an address for OpenMetrics first, at /metrics where it has no path, with its query', async () => {
    running = await standIn({ '/metrics': { text: 'a 1\n' }, '/probe': { text: 'b 1\n' } });
    const { page, path, port } = await readPage(running.url, { EXPORTER_TOKEN: 'x', PROMETHEUS_TOKEN: 'other' });
    expect([page.map(({ name }) => name), path, port]).toEqual([['a'], '/metrics', Number(new URL(running.url).port)]);
    expect(running.headers[0]).toMatchObject({ authorization: 'Bearer x' });
    expect(running.headers[0]?.accept).toMatch(/^application\/openmetrics-text/);
    await readPage(`${running.url}/probe?target=nas`, {});
    expect(running.log[1]).toBe('GET /probe?target=nas');
  });

  it.each([
    ['a 1\nb{ 2\n', /page\.prom:2$/, 'line 2 of the metrics page'],
    ['<!doctype html><html>', /page\.prom$/, 'it is a web page, not a metrics page'],
    ['# nothing\n', /page\.prom$/, 'it shows no metric'],
  ])('names file and line of what it cannot read: %o', async (text, file, problem) => {
    const path = join(folder, 'page.prom');
    writeFileSync(path, text);
    const error = await readPage(path, {}).catch((thrown: unknown) => thrown as { file: string; problems: string[] });
    expect(error).toMatchObject({ exitCode: 2, file: expect.stringMatching(file) as string });
    expect((error as { problems: string[] }).problems[0]).toContain(problem);
  });

  it('says when there is no such file', async () => {
    await expect(readPage(join(folder, 'none'), {})).rejects.toMatchObject({ problems: ['there is no such file'] });
  });
});
