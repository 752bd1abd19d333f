import { defineRule } from '../rule';

const mail = /[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})/gi;
/** Kept for examples (RFC 2606), or no domain: units of systemd look alike. */
const nobody =
  /(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost|local|lan|internal|service|socket|timer|mount|target|slice|scope|device|path)$/i;

/** Texts of alerts name no person. */
export const personalData = defineRule({
  id: 'personal-data',
  on: 'alert',
  severity: 'warning',
  needs: 'nothing',
  says: 'a mail address in the text of an alert',
  why: 'Rule files are public more often than one thinks, and messages go to chat rooms and to ticket systems; an address stays there for ever, long after the person left.',
  instead: 'Name a team in a label and let routing know who that is.',

  *check(alert) {
    for (const kind of ['labels', 'annotations'] as const) {
      for (const [name, text] of Object.entries(alert[kind])) {
        for (const [address, domain] of text.matchAll(mail)) {
          if (nobody.test(domain as string)) continue;
          yield {
            message: `\`${name}\` holds the mail address \`${address}\``,
            culprit: address,
            at: [...alert.at, kind, name],
          };
        }
      }
    }
  },

  accepts: [
    { name: 'a team', alert: { labels: { severity: 'warning', team: 'storage' } } },
    { name: 'an example', alert: { annotations: { summary: 'Write to ops@example.com.' } } },
    {
      name: 'a unit of systemd',
      alert: { annotations: { summary: 'getty@tty1.service failed on {{ $labels.instance }}' } },
    },
  ],
  rejects: [
    {
      name: 'an address',
      alert: { annotations: { summary: 'Call jane.doe@gmail.com' } },
      because: '`jane.doe@gmail.com`',
    },
  ],
});
