import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { escapeAlertingFile, type AlertingValue } from './grafana-escape';
import { toYaml } from './yaml';

/** What Grafana 12.3 makes of a text that it expands: `$$` is a dollar, every `$name` a variable (here: all unset, so empty). */
const expand = (text: string): string =>
  text
    .split('$$')
    .map((part) => part.replace(/\$\{\w+\}|\$\w+/g, ''))
    .join('$');

const rule = (field: object): AlertingValue => ({ groups: [{ name: 'g', rules: [field as never] }] });

/** Each field with whether Grafana expands it, as its code and our trials say. */
const fields: readonly (readonly [string, boolean, (text: string) => AlertingValue, (file: any) => unknown])[] = [
  ['group name', true, (name) => ({ groups: [{ name }] }), (file) => file.groups[0].name],
  ['group folder', true, (folder) => ({ groups: [{ folder }] }), (file) => file.groups[0].folder],
  ['rule uid', true, (uid) => rule({ uid }), (file) => file.groups[0].rules[0].uid],
  ['rule title', true, (title) => rule({ title }), (file) => file.groups[0].rules[0].title],
  ['rule label', true, (text) => rule({ labels: { text } }), (file) => file.groups[0].rules[0].labels.text],
  [
    'rule annotation',
    false,
    (text) => rule({ annotations: { text } }),
    (file) => file.groups[0].rules[0].annotations.text,
  ],
  [
    'query model',
    false,
    (expr) => rule({ data: [{ refId: 'A', model: { expr } }] }),
    (file) => file.groups[0].rules[0].data[0].model.expr,
  ],
  [
    'query data source',
    true,
    (datasourceUid) => rule({ data: [{ datasourceUid }] }),
    (file) => file.groups[0].rules[0].data[0].datasourceUid,
  ],
  [
    'receiver of a rule',
    true,
    (receiver) => rule({ notification_settings: { receiver } }),
    (file) => file.groups[0].rules[0].notification_settings.receiver,
  ],
  ['contact point name', true, (name) => ({ contactPoints: [{ name }] }), (file) => file.contactPoints[0].name],
  [
    'contact point setting',
    true,
    (url) => ({ contactPoints: [{ receivers: [{ settings: { url } }] }] }),
    (file) => file.contactPoints[0].receivers[0].settings.url,
  ],
  [
    'policy matcher',
    true,
    (text) => ({ policies: [{ routes: [{ object_matchers: [['a', '=~', text]] }] }] }),
    (file) => file.policies[0].routes[0].object_matchers[0][2],
  ],
  ['mute timing', false, (name) => ({ muteTimes: [{ name }] }), (file) => file.muteTimes[0].name],
  ['template', false, (template) => ({ templates: [{ template }] }), (file) => file.templates[0].template],
  ['deletion', true, (uid) => ({ deleteRules: [{ uid }] }), (file) => file.deleteRules[0].uid],
];

describe('`$` in alerting files', () => {
  it.each(fields)('reaches Grafana in the %s', (_, expanded, write, read) => {
    const text = 'a $b ${c} $1 ^x$ {{ $labels.host }} $$ end$';
    const stored = read(parse(toYaml(escapeAlertingFile(write(text)), 'a test'))) as string;
    expect(expanded ? expand(stored) : stored).toBe(text);
  });

  it('names environment variables where a secret stands', () => {
    expect(
      escapeAlertingFile({ contactPoints: [{ receivers: [{ settings: { url: { env: 'HOOK' }, title: '$5' } }] }] }),
    ).toEqual({
      contactPoints: [{ receivers: [{ settings: { url: '${HOOK}', title: '$$5' } }] }],
    });
  });

  it('is left alone in keys', () => {
    expect(escapeAlertingFile({ labels: { a$b: '$' } })).toEqual({ labels: { a$b: '$$' } });
  });
});
