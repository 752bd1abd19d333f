import { namesOf } from '../board/variable-uses';
import { boardPath, linksOf, variablesSet } from '../board/board-links';
import { defineRule } from '../rule';

/** Links lead to boards, panels and variables that there are. */
export const linksResolve = defineRule({
  id: 'links-resolve',
  on: 'board',
  severity: 'warning',
  needs: 'nothing',
  says: 'a link to a board that is not there, to a panel that it does not have, or that sets a variable which it does not define',
  why: 'A link to a board that is gone ends at `Dashboard not found`. A variable that the target does not define is dropped, and the board shows all hosts in place of the one that was clicked.',
  instead: 'Name the uid, the panel id and the variables of the target.',

  *check(board, { all }) {
    for (const { link, at, what } of linksOf(board)) {
      if (link.type === 'dashboards') {
        if (
          board.document.own &&
          link.tags.length > 0 &&
          !all.boards.some((one) => link.tags.every((tag) => tagsOf(one.json).includes(tag)))
        )
          yield {
            message: `no board has the tag${link.tags.length > 1 ? 's' : ''} ${link.tags.map((tag) => `\`${tag}\``).join(', ')} that ${what} lists`,
            culprit: link.tags.join(' '),
            at,
            expected: 'name a tag that boards have',
          };
        continue;
      }
      const path = boardPath(link.url);
      if (!path) continue;
      const target = path.uid === board.uid ? board : all.boardByUid.get(path.uid);
      if (!target) {
        if (board.document.own)
          yield {
            message: `${what} leads to the board \`${path.uid}\`, which is not there`,
            culprit: path.uid,
            at,
            expected: 'name the uid of a board',
            severity: 'error',
          };
        continue;
      }
      if (path.panel !== undefined && ![...target.panels].some(({ id }) => id === path.panel))
        yield {
          message: `${what} leads to panel \`${path.panel}\`, which \`${target.title}\` does not have`,
          culprit: String(path.panel),
          at,
          expected: 'name the id of one of its panels',
        };
      const known = namesOf(target);
      for (const name of variablesSet(link.url))
        if (!known.has(name))
          yield {
            message: `${what} sets \`${name}\`, which \`${target.title}\` does not define`,
            culprit: name,
            at,
            expected:
              known.size > 0
                ? `set one of ${[...known].map((one) => `\`${one}\``).join(', ')}`
                : 'take it out of the link',
          };
    }
  },

  accepts: [
    { name: 'a board that is there', files: { 'a.json': from('/d/b?var-host=x&viewPanel=1'), 'b.json': to() } },
    { name: 'a board of somebody else', files: { 'a.json': from('/d/somewhere?var-x=1') } },
    { name: 'a variable for the uid', files: { 'a.json': from('/d/${board}?var-x=1'), 'b.json': to() } },
    { name: 'another site', files: { 'a.json': from('https://example.com/d/b?var-x=1'), 'b.json': to() } },
  ],
  rejects: [
    {
      name: 'a variable that is not there',
      files: { 'a.json': from('/d/b/slug?var-hots=x'), 'b.json': to() },
      because: 'sets `hots`',
    },
    {
      name: 'a panel that is not there',
      files: { 'a.json': from('d/b?viewPanel=7'), 'b.json': to() },
      because: 'panel `7`',
    },
  ],
});

function from(url: string): string {
  return JSON.stringify({
    uid: 'a',
    title: 'A',
    schemaVersion: 42,
    links: [{ title: 'there', type: 'link', url }],
    panels: [],
  });
}

function to(): string {
  return JSON.stringify({
    uid: 'b',
    title: 'B',
    schemaVersion: 42,
    templating: { list: [{ name: 'host', type: 'textbox' }] },
    panels: [{ id: 1, type: 'text', title: 'T' }],
  });
}

const tagsOf = (json: { readonly [key: string]: unknown }): readonly unknown[] => {
  const { tags } = json;
  return Array.isArray(tags) ? tags : [];
};
