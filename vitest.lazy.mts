import type { Plugin } from 'vite';

/**
 * `lib/signals/index.ts` requires each group of signals when it is first used. Tests run as ES modules, where a `require`
 * of TypeScript fails: here it becomes an import.
 */
export const lazyGroups = (): Plugin => ({
  name: 'lazy-groups',
  enforce: 'pre',
  transform: (code, id) => {
    if (!id.endsWith('/lib/signals/index.ts')) return undefined;
    const files = [...new Set([...code.matchAll(/require\('(\.\/[\w-]+)'\)/g)].map(([, file]) => file as string))];
    const nameOf = (file: string): string => `group_${file.replace(/\W/g, '_')}`;
    const imports = files.map((file) => `import * as ${nameOf(file)} from '${file}';`).join(' ');
    const body = code.replace(/require\('(\.\/[\w-]+)'\)/g, (_, file: string) => nameOf(file));
    return { code: `${imports} ${body}`, map: null };
  },
});
