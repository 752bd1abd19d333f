import type { Board, Link, Panel, Path } from '../subject';

export interface PlacedLink {
  readonly link: Link;
  readonly at: Path;
  /** For messages: `the link \`Host\` of \`CPU\``. */
  readonly what: string;
}

/** All links of a board: its own, those of panels and fields, those in overrides. */
export const linksOf = (board: Board): readonly PlacedLink[] => [
  ...board.links.map((link) => ({ link, at: link.at, what: `the link \`${link.title || link.url}\`` })),
  ...board.panels.flatMap((panel) =>
    [...panel.links, ...panel.fields.links, ...overrideLinks(panel)].map((link) => ({
      link,
      at: link.at,
      what: `the link \`${link.title || link.url}\` of \`${panel.title || panel.type}\``,
    })),
  ),
];

const overrideLinks = ({ overrides }: Panel): readonly Link[] =>
  overrides.flatMap(({ properties }) =>
    properties.flatMap(({ id, value, at }) =>
      id === 'links' && Array.isArray(value)
        ? value.flatMap((link: unknown) =>
            typeof link === 'object' && link !== null && 'url' in link && typeof link.url === 'string'
              ? [
                  {
                    title: 'title' in link && typeof link.title === 'string' ? link.title : '',
                    url: link.url,
                    type: 'link' as const,
                    tags: [],
                    at,
                  },
                ]
              : [],
          )
        : [],
    ),
  );

/** The board, and the panel of it, that a link of the same Grafana leads to; undefined for all else. */
export const boardPath = (url: string): { readonly uid: string; readonly panel: number | undefined } | undefined => {
  const [, uid] =
    /^(?:\$\{__grafana_url\})?(?:\.{0,2}\/|[\w-]+\/)*?d\/([\w-]+)(?=[/?#]|$)/.exec(url.split('?')[0] ?? '') ?? [];
  if (uid === undefined || /^[a-z]+:/i.test(url)) return undefined;
  const panel = /[?&]viewPanel=(?:panel-)?(\d+)(?=&|$)/.exec(url)?.[1];
  return { uid, panel: panel === undefined ? undefined : Number(panel) };
};

/** The variables that a link sets: `host` of `var-host=x`. */
export const variablesSet = (url: string): readonly string[] => [
  ...new Set([...url.matchAll(/[?&]var-([\w-]+)=/g)].map(([, name]) => name as string)),
];
