import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

describe('what something cannot do without', () => {
  test('is not itself by way of others', () => {
    const hosts = [
      { name: 'box', dependsOn: 'nas' },
      { name: 'vm', dependsOn: ['box'] },
      { name: 'nas', dependsOn: 'vm' },
    ];
    expect(complaints({ hosts })).toBe(
      [
        "error: hosts[2].dependsOn: needs itself: nas needs vm needs box needs nas; when all are down, nobody would be told, got 'vm'",
        '  try: take one of them out of `dependsOn`',
      ].join('\n'),
    );
    expect(complaints({ hosts: hosts.slice(1) })).not.toContain('needs itself');
  });

  test('may be needed along two ways', () => {
    const hosts = [{ name: 'box' }, { name: 'switch', dependsOn: 'box' }, { name: 'vm', dependsOn: ['box', 'switch'] }];
    expect(complaints({ hosts })).toBe('');
  });

  test('goes through an app and the probe of its name', () => {
    const homelab = (dependsOn: string) => ({
      apps: [{ app: 'jellyfin', dependsOn: 'proxy' }],
      probes: {
        services: [
          { name: 'proxy', url: 'http://192.168.1.5/', dependsOn },
          { name: 'jellyfin', url: 'http://192.168.1.6/' },
          { name: 'wiki', url: 'http://192.168.1.7/' },
        ],
      },
    });
    expect(complaints(homelab('jellyfin'))).toContain(
      'probes.services[0].dependsOn: needs itself: proxy needs jellyfin needs proxy',
    );
    expect(complaints(homelab('wiki'))).toBe('');
  });
});
