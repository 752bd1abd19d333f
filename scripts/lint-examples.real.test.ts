import { expect, it } from 'vitest';
import { exampleNames } from '../lib/fleet/testing/examples';
import { runCli } from './testing/run-cli';

it.each(exampleNames)(
  'of %s nothing is found, of any severity, but for what a panel allows with its reason',
  async (name) => {
    const { status, stdout } = await runCli(['lint', '--homelab', `examples/homelabs/${name}`, '--fail-on', 'info']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^no findings(: |, \d+ allowed with a reason: )/)]);
  },
);
