import { describe, expect, it } from 'vitest';
import { AuthError } from '../grafana/errors';
import type { ServerInfo } from '../grafana/server-info';
import { kinds } from './object';
import { missingRights, requireRights } from './rights';

const info = (...actions: readonly string[]): ServerInfo => ({
  version: '12.3.0',
  edition: undefined,
  org: { id: 1, name: undefined },
  namespace: 'default',
  dashboards: undefined,
  folders: undefined,
  permissions: new Map(actions.map((action) => [action, ['*']])),
});

const editor = ['folders:create', 'dashboards:create', 'alert.notifications:write', 'alert.rules:write'];

describe('rights', () => {
  it('of an Editor are enough for everything but data sources', () => {
    const others = kinds.filter((kind) => kind !== 'data-source');
    expect(missingRights(info(...editor), others)).toEqual([]);
    expect(missingRights(info(...editor), kinds)).toEqual([
      { action: 'datasources:create', role: 'Admin', kinds: ['data-source'] },
      { action: 'datasources:write', role: 'Admin', kinds: ['data-source'] },
    ]);
  });

  it('are missed once for all kinds that need them, and only for what is written', () => {
    expect(missingRights(info('folders:create'), ['policy', 'contact-point', 'folder'])).toEqual([
      { action: 'alert.notifications:write', role: 'Editor', kinds: ['contact-point', 'policy'] },
    ]);
    expect(missingRights(info(), [])).toEqual([]);
  });

  it('are enough in any of their spellings', () => {
    expect(missingRights(info('alert.provisioning:write'), ['rule-group', 'template'])).toEqual([]);
    expect(missingRights(info('alert.provisioning:read'), ['rule-group'])).toHaveLength(1);
  });

  it('are not guessed where the server does not tell', () => {
    expect(missingRights({ ...info(), permissions: undefined }, kinds)).toEqual([]);
  });

  it('that are missing are named, with the least role that has them', () => {
    const required = (kind: 'dashboard' | 'data-source') => () => requireRights(info(), [kind], 'the token');
    expect(required('dashboard')).toThrow(AuthError);
    expect(required('dashboard')).toThrow('the token may not write here: it lacks dashboards:write (for: dashboard)');
    const role = (kind: 'dashboard' | 'data-source'): string => {
      try {
        required(kind)();
        return '';
      } catch (error) {
        return (error as AuthError).next;
      }
    };
    expect(role('dashboard')).toContain('the role Editor');
    expect(role('data-source')).toContain('the role Admin');
    expect(() => requireRights(info(...editor), ['dashboard'], 'the token')).not.toThrow();
  });
});
