import type { Receiver } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';

/** The first version of Alertmanager that can do something, from its changelog. */
export interface Since {
  readonly version: string;
  readonly because: string;
}

/** The oldest that we write for: it has time intervals with a place, and Debian 12 has it. */
const oldest: Since = { version: '0.25', because: 'the oldest that is tried' };

const addressInFile: Since = { version: '0.28', because: 'the address of a webhook in a file' };

const payloadOf = ({ kind }: Receiver): Since => ({
  version: '0.34',
  because: `the payload of ${kind}: there since 0.32, but until 0.34 a text with a colon in it became something else`,
});

/** What one receiver needs. */
export const alertmanagerOf = (receiver: Receiver): Since => {
  switch (receiver.kind) {
    case 'email':
    case 'slack':
      return oldest;
    case 'telegram':
    case 'pushover':
      return { version: '0.26', because: `the secrets of ${receiver.kind} in files` };
    case 'discord':
      return { version: '0.28', because: 'the address of discord in a file' };
    case 'webhook':
      return typeof receiver.url === 'string' ? oldest : addressInFile;
    case 'ntfy':
      return typeof receiver.topic === 'string' ? payloadOf(receiver) : addressInFile;
    case 'gotify':
    case 'matrix':
    case 'home-assistant':
      return payloadOf(receiver);
  }
};

/** The oldest Alertmanager that takes all that is rendered, and for what. */
export const oldestAlertmanager = ({ alerting, timeZone }: ResolvedHomelab): Since => {
  const receivers = Object.values(alerting.receivers);
  const all = [
    oldest,
    ...receivers.map(alertmanagerOf),
    ...(alerting.heartbeat ? [{ version: '0.28', because: "the heartbeat's address in a file" }] : []),
    ...(receivers.length > 0 && timeZone !== 'browser'
      ? [{ version: '0.28', because: 'times in your time zone' }]
      : []),
  ];
  return all.reduce((newest, one) => (Number(one.version.slice(2)) > Number(newest.version.slice(2)) ? one : newest));
};
