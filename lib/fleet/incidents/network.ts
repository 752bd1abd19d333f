import type { Incident } from './incident';
import { hostsWith, house, probed } from './subjects';

const external = house(probed(({ reach, by }) => reach === 'external' && by === 'icmp'));

/** What goes wrong with what is probed. */
export const networkIncidents: readonly Incident[] = [
  {
    name: 'service-down',
    says: 'A service refuses connections.',
    subjects: probed(({ group }) => group === 'service'),
  },
  {
    name: 'service-broken',
    says: 'A service answers with an error of its reverse proxy (502).',
    subjects: probed(({ by }) => by === 'http'),
  },
  {
    name: 'service-slow',
    says: 'A service takes sixty times as long as usual to answer.',
    subjects: probed(({ by }) => by === 'http'),
  },
  {
    name: 'service-flapping',
    says: 'A service is gone for two minutes of every six.',
    subjects: probed(({ group }) => group === 'service'),
  },
  {
    name: 'certificate-nearly-over',
    says: 'A certificate was not renewed: a day is left.',
    subjects: probed(({ target }) => target.startsWith('https:')),
  },
  {
    name: 'stranger-on-lan',
    says: 'A device is in the network that was never there.',
    subjects: (homelab) => (homelab.probes.lan ? ['house'] : []),
  },
  {
    name: 'certificate-expiring',
    says: 'A certificate was not renewed: five days are left.',
    subjects: probed(({ target }) => target.startsWith('https:')),
  },
  {
    name: 'certificate-renewed',
    says: 'A certificate is renewed.',
    subjects: probed(({ target }) => target.startsWith('https:')),
  },
  {
    name: 'probe-forgotten',
    says: 'What is probed is no longer in the scrape configuration.',
    subjects: probed(({ group }) => group === 'service'),
    forgets: ({ catalog, service }, subject) => catalog.source === 'blackbox_exporter' && service === subject,
  },
  {
    name: 'internet-down',
    says: 'Nothing outside the house answers.',
    subjects: house(probed(({ reach }) => reach === 'external')),
  },
  { name: 'packet-loss', says: 'Three of ten packets to the internet are lost.', subjects: external },
  {
    name: 'internet-slow',
    says: 'The line is slow: answers take long, and speed tests show a tenth.',
    subjects: (homelab) => {
      const here = [...external(homelab), ...house(hostsWith('speedtest_exporter', 'speedtest_tracker'))(homelab)];
      return [...new Set(here)];
    },
  },
  {
    name: 'router-down',
    says: 'The router does not answer, and nothing behind it.',
    subjects: probed(({ group }) => group === 'router'),
  },
  { name: 'dns-down', says: 'A name server does not answer.', subjects: probed(({ group }) => group === 'dns') },
];
