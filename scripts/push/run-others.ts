import { join, relative } from 'node:path';
import { objectsAt, textAt } from '../../lib/grafana-json/json';
import { RefusedError } from '../../lib/grafana/errors';
import { contactPointName } from '../../lib/render/grafana-notifications';
import { adopt, writeAdopted } from '../../lib/push/adopt';
import { takeOverFromFiles } from '../../lib/push/from-files';
import { makePlan } from '../../lib/push/make-plan';
import { normalForms } from '../../lib/push/normal-form';
import type { DesiredObject } from '../../lib/push/object';
import { makePushFolder, writePushFile } from '../../lib/push/push-files';
import { serverInWords } from '../../lib/push/report/words';
import { testNotify } from '../../lib/push/test-notify';
import type { PushArguments } from '../commands/push';
import { withWhere } from './next-command';
import { beginSession } from './session';
import type { Site } from './site';

/** Writes what people changed beside the homelab file. Exit 1 where there is any: it stays drift until the code says the same. */
export const runAdopt = async (
  given: PushArguments,
  site: Site,
  desired: readonly DesiredObject[],
): Promise<number> => {
  const { input } = await beginSession({ ...given, onDrift: 'keep' }, site, desired);
  const adopted = adopt(makePlan(input, normalForms), normalForms);
  writeAdopted(adopted, site.home);
  const files = adopted.files.map(({ path, title }) => ({
    title,
    file: relative(process.cwd(), join(site.home, path)),
  }));
  const found = files.length + adopted.gone.length + adopted.unreadable.length;
  if (given.json)
    process.stdout.write(`${JSON.stringify({ files, gone: adopted.gone, unreadable: adopted.unreadable }, null, 2)}\n`);
  else if (found === 0) process.stdout.write('Nobody changed anything of ours.\n');
  else
    process.stdout.write(
      [
        ...files.map(({ title, file }) => `${file}: ${title}, as it is in ${serverInWords(site.target)}`),
        ...adopted.gone.map((title) => `${title} was deleted in ${serverInWords(site.target)}`),
        ...adopted.unreadable.map(
          (title) => `${title} was saved with the new dashboard schema (v2): export it in Grafana to look at it`,
        ),
        withWhere(
          'next: say the same in the homelab file or the code; or npm run push -- --on-drift overwrite takes it back',
          given,
        ),
        '',
      ].join('\n'),
    );
  return found > 0 ? 1 : 0;
};

/** Says in which order what files made is handed over, and writes the files that this takes. Exit 1 where there is any such thing. */
export const runFromFiles = async (
  given: PushArguments,
  site: Site,
  desired: readonly DesiredObject[],
): Promise<number> => {
  const { input } = await beginSession(given, site, desired);
  const { owned, files, order: plainOrder } = takeOverFromFiles(desired, input.actual, input.heldElsewhere);
  const order = plainOrder.map((step) => withWhere(step, given));
  if (files.length > 0) makePushFolder(site.folder);
  const written = files.map(({ path, text }) => {
    const file = join(site.folder, path.replaceAll('/', '-'));
    writePushFile('what deletes the provisioned objects', file, text);
    return { path, file: relative(process.cwd(), file) };
  });
  if (given.json) process.stdout.write(`${JSON.stringify({ owned, files: written, order }, null, 2)}\n`);
  else if (owned.length === 0) process.stdout.write('No file owns anything that this push wants.\n');
  else
    process.stdout.write(
      [
        `${owned.length} object${owned.length === 1 ? '' : 's'} of ours belong to provisioning files:`,
        ...owned.map(({ id, title, why }) => `  ${title} (${id}): ${why}`),
        'A push takes them over in this order:',
        ...order.map((step, index) => `  ${index + 1}. ${step}`),
        ...written.map(({ path, file }) => `  ${path} is ${file}`),
        '',
      ].join('\n'),
    );
  return owned.length > 0 ? 1 : 0;
};

/** Has Grafana send one marked message, and says what the receiver answered. Exit 1 where one did not take it. */
export const runTestNotify = async (given: PushArguments, site: Site, name: string): Promise<number> => {
  const { open } = await beginSession(given, site, []);
  const all = objectsAt({ all: await open.grafana.get('/api/v1/provisioning/contact-points') }, 'all').map(
    ([one]) => one,
  );
  const names = [...new Set(all.flatMap((one) => textAt(one, 'name') ?? []))];
  const called = names.includes(name) ? name : contactPointName(site.homelab, name);
  const integrations = all.filter((one) => textAt(one, 'name') === called);
  if (integrations.length === 0)
    throw new RefusedError(
      `no contact point is called ${name}`,
      names.length > 0 ? `there are: ${names.join(', ')}` : 'there is none',
      'npm run push, then ask again',
      404,
      undefined,
    );
  const answers = await testNotify(open.grafana, called, integrations, site.target.project);
  if (given.json) process.stdout.write(`${JSON.stringify({ contactPoint: called, answers }, null, 2)}\n`);
  else
    for (const { uid, ok, error } of answers)
      process.stdout.write(ok ? `${called} (${uid}): the message was taken\n` : `${called} (${uid}): ${error}\n`);
  return answers.every(({ ok }) => ok) ? 0 : 1;
};
