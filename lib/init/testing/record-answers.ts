import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { recordedCatalogs } from '../../homelab/catalogs';
import { probe } from '../../server/probe';
import { prometheusServer } from '../../server/prometheus';
import { lookAtPrometheus } from '../look-prometheus';
import { questionOf, type Answers } from './recorded-prometheus';
import { strangers } from './strangers';

/** Records what real Prometheus answer to `init`: npx ts-node --swc lib/init/testing/record-answers.ts */
const record = async (name: keyof typeof strangers): Promise<void> => {
  const stranger = await strangers[name]();
  const answers: Record<string, Answers[string]> = {};
  let isMute = false;
  const between = createServer((request, response) => {
    const url = request.url ?? '/';
    if (isMute && /^\/api\/v1\/(targets|status\/config)/.test(url)) {
      response.writeHead(404).end();
      return;
    }
    void fetch(stranger.url + url).then(async (answer) => {
      const body = await answer.text();
      // Sentences of others; only whether there are any is asked.
      if (!url.includes('/metadata')) answers[questionOf(url)] = { status: answer.status, body };
      response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' }).end(body);
    });
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
  try {
    const server = prometheusServer(url, {});
    await probe(server);
    await lookAtPrometheus(server, { catalogs: recordedCatalogs, now: Date.now() / 1000 });
    // Once more as of a server that says nothing of its targets, so that intervals are measured.
    isMute = true;
    await lookAtPrometheus(prometheusServer(url, {}), { catalogs: recordedCatalogs, now: Date.now() / 1000 });
  } finally {
    between.close();
    await stranger.stop();
  }
  const sorted = Object.fromEntries(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(__dirname, `answers/${name}.json`), `${JSON.stringify(sorted, null, 1)}\n`);
};

const main = async (): Promise<void> => {
  for (const name of Object.keys(strangers) as (keyof typeof strangers)[]) await record(name);
};

void main();
