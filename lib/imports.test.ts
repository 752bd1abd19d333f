import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(__dirname, '..');

/** Which folders each may import from, beside itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  panels: ['lib'],
  dashboards: ['lib', 'panels'],
  alerts: ['lib', 'panels'],
  scripts: ['lib', 'panels', 'dashboards', 'alerts', 'package.json'],
};

/** Modules that reach the world, and the folders that may. */
const clients: Readonly<Record<string, RegExp>> = { axios: /^lib\/(grafana|server)\// };

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesIn(path);
    return /\.ts$/.test(name) ? [path] : [];
  });

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\b(?:require|import)\('([^']+)'\)/gm)].map(
    ([, a, b]) => (a ?? b) as string,
  );

/** What is wrong with the imports of one file, in words. */
export const wrongImports = (path: string, text: string): readonly string[] => {
  const layer = path.split('/')[0] as string;
  const isTest = /\.test\.ts$|\/(testing|__fixtures__)\//.test(path);
  return importsOf(text).flatMap((target) => {
    const allowed = clients[target];
    if (allowed && !allowed.test(path)) return [`${path} imports ${target}, which only ${allowed.source} may`];
    if (!target.startsWith('.')) return [];
    const to = normalize(join(dirname(path), target)).split(sep)[0] as string;
    if (to === layer || isTest) return [];
    return mayImport[layer]?.includes(to) ? [] : [`${path} imports ${target}: ${layer} stands below ${to}`];
  });
};

describe('direction of imports', () => {
  it('is scripts -> dashboards, alerts -> panels -> lib everywhere', () => {
    const wrong = Object.keys(mayImport)
      .flatMap((folder) => filesIn(join(root, folder)))
      .flatMap((file) => wrongImports(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('refuses lib importing upwards and panels importing boards', () => {
    expect(wrongImports('lib/render/x.ts', `import { stat } from '../../panels/stat';`)).toHaveLength(1);
    expect(wrongImports('panels/x.ts', `import board from '../dashboards/host-use';`)).toHaveLength(1);
    expect(wrongImports('lib/render/x.ts', `const x = require('../../scripts/cli');`)).toHaveLength(1);
    expect(wrongImports('dashboards/x.ts', `import { stat } from '../panels/stat';`)).toEqual([]);
    expect(wrongImports('scripts/x.ts', `require('../package.json');`)).toEqual([]);
    expect(wrongImports('lib/x.ts', `require('../package.json');`)).toHaveLength(1);
  });

  it('keeps the HTTP library in the clients', () => {
    expect(wrongImports('lib/render/x.ts', `import axios from 'axios';`)).toHaveLength(1);
    expect(wrongImports('lib/grafana/client.ts', `import axios from 'axios';`)).toEqual([]);
  });
});
