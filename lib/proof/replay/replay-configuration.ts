import { parse, stringify } from 'yaml';
import { hurry } from '../hurry';

/** An Alertmanager configuration as the replay runs it, and every change against the rendered one. */
export interface ReplayConfiguration {
  readonly text: string;
  readonly changes: readonly string[];
  /** The longest time that a message waits for company, in milliseconds as hurried. */
  readonly longestWait: number;
}

type Part = Record<string, unknown>;

/**
 * The rendered `alertmanager.yml` with its waiting times divided by `factor`, and with each way to tell somebody replaced by a
 * webhook at `url` whose path is the receiver's name. Routes, grouping and inhibition stay. Quiet hours go: a replay has no time of
 * day. A receiver without any way to tell somebody keeps none.
 */
export const replayConfiguration = (
  rendered: string,
  { factor, url }: { readonly factor: number; readonly url: string },
): ReplayConfiguration => {
  const hurried = hurry(rendered, factor);
  const { route, inhibit_rules, receivers } = parse(hurried.text) as Part;
  const quiet = new Set<string>();
  const text = stringify({
    route: withoutQuietHours(route, quiet),
    ...(inhibit_rules !== undefined && { inhibit_rules }),
    receivers: (receivers as readonly Part[]).map((receiver) => toWebhook(receiver, url)),
  });
  return {
    text,
    changes: [...hurried.changes, ...[...quiet].map((name) => `quiet hours ${name}: taken out`)],
    longestWait: Math.max(0, ...waitsOf(route)),
  };
};

const withoutQuietHours = (value: unknown, quiet: Set<string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => withoutQuietHours(item, quiet));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (key !== 'mute_time_intervals' && key !== 'active_time_intervals')
        return [[key, withoutQuietHours(item, quiet)]];
      for (const name of item as readonly string[]) quiet.add(name);
      return [];
    }),
  );
};

/** Whether it tells of ends, too, is a part of how many messages there are. Alertmanager's own default differs by kind. */
const toWebhook = ({ name, ...ways }: Part, url: string): Part => ({
  name,
  ...(Object.keys(ways).length > 0 && {
    webhook_configs: [
      {
        url: `${url}/${encodeURIComponent(String(name))}`,
        send_resolved: Object.entries(ways).some(([kind, list]) =>
          (list as readonly Part[]).some((way) => way['send_resolved'] ?? !silentAboutEnds.has(kind)),
        ),
      },
    ],
  }),
});

/** Kinds whose `send_resolved` is false unless it is said: config/notifiers.go of Alertmanager. */
const silentAboutEnds = new Set(['email_configs', 'slack_configs', 'wechat_configs']);

const waitsOf = (route: unknown): readonly number[] => {
  const { group_wait, group_interval, routes = [] } = route as Part;
  return [
    ...[group_wait, group_interval].filter((wait) => wait !== undefined).map((wait) => milliseconds(String(wait))),
    ...(routes as readonly unknown[]).flatMap(waitsOf),
  ];
};

/** What `hurry` writes: `250ms` or `2s`. */
const milliseconds = (text: string): number => Number.parseInt(text, 10) * (text.endsWith('ms') ? 1 : 1000);
