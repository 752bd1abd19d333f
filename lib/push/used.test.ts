import { describe, expect, it } from 'vitest';
import type { Json } from '../grafana-json/json';
import { idOf, type Kind } from './object';
import type { Step } from './plan';
import { namesOfRoute, namesOfRule, withUsed, type User } from './used';

const step = (action: Step['action'], kind: Kind, key: string, body: Json, more: Partial<Step> = {}): Step => ({
  kind,
  key,
  title: key,
  action,
  changes: [],
  before: { kind, key, title: key, body, version: undefined, readOnly: undefined },
  ...more,
});
const point = (key: string, name: string, message = '', action: Step['action'] = 'delete'): Step =>
  step(action, 'contact-point', key, { uid: key, name, type: 'email', settings: { nested: [{ message }] } });
const text = (key: string, content: string, action: Step['action'] = 'delete'): Step =>
  step(action, 'template', key, { name: key, template: content });
const timing = (key: string): Step => step('delete', 'mute-timing', key, { name: key });
const route = (receiver: string, more: Json = {}, id = 'policy/theirs'): User => ({
  id,
  title: 'the notification route team=db',
  names: namesOfRoute({ receiver, ...more }),
});
const told = (steps: readonly Step[], users: readonly User[] = []) =>
  Object.fromEntries(withUsed(steps, users).map((each) => [idOf(each), each.reason ?? each.action]));

describe('what is removed', () => {
  it('stays where a route or a rule names it, and nothing beside it does', () => {
    const steps = [point('a', 'mail'), point('b', 'chat'), timing('nights'), timing('noon'), timing('week')];
    const rule: User = {
      id: 'rule-group/f/g',
      title: 'the alert rule Disk full',
      names: namesOfRule({ notification_settings: { receiver: 'other', active_time_intervals: ['week'] } }),
    };
    expect(told(steps, [route('mail', { mute_time_intervals: ['nights'] }), rule])).toEqual({
      'contact-point/a': 'the notification route team=db still names it',
      'contact-point/b': 'delete',
      'mute-timing/nights': 'the notification route team=db still names it',
      'mute-timing/noon': 'delete',
      'mute-timing/week': 'the alert rule Disk full still names it',
    });
  });

  it('stays with what it needs itself: texts of texts', () => {
    const steps = [
      text('inner', '{{ define "hl.inner" }}x{{ end }}'),
      text('raw', '{{ define `hl.raw` }}x{{ end }}'),
      text('outer', '{{ define "hl.outer" }}{{ template "hl.inner" . }}{{ template `hl.raw` . }}{{ end }}'),
      text('alone', '{{ define "hl.alone" }}{{ template "hl.inner" . }}{{ end }}'),
      point('a', 'mail', '{{ template "hl.outer" . }}'),
    ];
    expect(told(steps, [route('mail')])).toEqual({
      'contact-point/a': 'the notification route team=db still names it',
      'template/outer': 'the contact point a still names it',
      'template/inner': 'the message template outer still names it',
      'template/raw': 'the message template outer still names it',
      'template/alone': 'delete',
    });
    // A second definition is no use.
    const twice: User = {
      id: 'template/theirs',
      title: 'the message template theirs',
      names: { contactPoints: [], muteTimings: [], texts: ['{{ define "hl.alone" }}y{{ end }}'] },
    };
    expect(told(steps, [twice])['template/alone']).toBe('delete');
  });

  it('goes where the plan takes the name away, and stays where it leaves it', () => {
    const group = (action: Step['action'], more: Partial<Step> = {}): Step =>
      step(action, 'rule-group', 'f/g', { rules: [{ notification_settings: { receiver: 'mail' } }] }, more);
    const wanted = { kind: 'rule-group', key: 'f/g', title: 'f/g', body: { rules: [{ uid: 'r' }] } } as const;
    // As read from the server, before the plan.
    const now = route('mail', {}, 'rule-group/f/g');
    const fate = (other: Step) => told([point('a', 'mail'), other], [now])['contact-point/a'];
    expect(fate(group('delete'))).toBe('delete');
    expect(fate(group('update', { wanted }))).toBe('delete');
    expect(fate(group('orphan'))).toBe('delete');
    const stays = 'the rule group f/g still names it';
    expect(fate(group('unchanged'))).toBe(stays);
    expect(fate(group('conflict', { instead: 'delete', reason: 'changed' }))).toBe(stays);
    expect(fate(group('orphan', { reason: 'it belongs to a file' }))).toBe(stays);
  });

  it('may be all integrations of a name but the last', () => {
    expect(told([point('a', 'mail'), point('b', 'mail', '', 'unchanged')], [route('mail')])['contact-point/a']).toBe(
      'delete',
    );
    const both = told([point('a', 'mail'), point('b', 'mail')], [route('mail')]);
    expect(Object.values(both).filter((one) => one === 'delete')).toEqual([]);
  });

  it('is not promised to go with --prune where it would not', () => {
    expect(withUsed([point('a', 'mail', '', 'orphan')], [route('mail')])[0]).toMatchObject({
      action: 'orphan',
      reason: 'the notification route team=db still names it',
    });
    expect(told([step('unchanged', 'contact-point', 'a', { name: 'mail' })], [route('mail')])).toEqual({
      'contact-point/a': 'unchanged',
    });
  });
});
