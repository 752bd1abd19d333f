import fs from 'node:fs';
import type ts from 'typescript';
import { positionOf } from './position';
import { problem, type HomelabProblem, type Keys, type Position } from './problem';

/** The compiler takes a quarter of a second to load: only once there is something to explain. */
const compiler = () => require('typescript') as typeof ts;

/** Why a TypeScript file could not be loaded: its syntax, a module that is not there, or what it threw when it ran. */
export const explainFailure = (file: string, error: unknown): readonly HomelabProblem[] => {
  if (!fs.existsSync(file)) return [problem([], { what: messageOf(error) })];
  const text = fs.readFileSync(file, 'utf8');
  const { diagnostics = [] } = compiler().transpileModule(text, { reportDiagnostics: true, fileName: file });
  if (diagnostics.length > 0) return diagnostics.map((one) => syntaxProblem(text, one));

  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'MODULE_NOT_FOUND') return [missingModule(text, messageOf(error))];
  if (code === 'ERR_REQUIRE_ESM') {
    const remedy = 'remove `"type": "module"` from the package.json beside it, or name the file homelab.cts';
    return [problem([], { what: 'this file is an ES module, which cannot be loaded here', try: remedy })];
  }
  return [thrown(file, text, error)];
};

const syntaxProblem = (text: string, { messageText, start = 0, length = 1 }: ts.Diagnostic): HomelabProblem => ({
  ...problem([], { what: `not TypeScript: ${inOurForm(compiler().flattenDiagnosticMessageText(messageText, ' '))}` }),
  at: positionOf(text, start, start + length),
});

const missingModule = (text: string, message: string): HomelabProblem => {
  const name = /'([^']+)'/.exec(message)?.[1] ?? '';
  const start = text.search(new RegExp(`['"]${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"]`));
  const isPath = /^[./]/.test(name);
  return {
    ...problem([], {
      what: `cannot find module '${name}'`,
      try: isPath ? 'mend the path: it is relative to this file' : '`npm ci`, or `npm install` if it is yours',
    }),
    ...(start >= 0 && { at: positionOf(text, start, start + name.length + 2) }),
  };
};

/** ts-node has put the lines of the source into the stack. */
const thrown = (file: string, text: string, error: unknown): HomelabProblem => {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, line, column] = new RegExp(`${file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:(\\d+):(\\d+)`).exec(stack) ?? [];
  const found = problem([], { what: `this file fails when it runs: ${inOurForm(messageOf(error))}` });
  if (line === undefined) return found;
  const start =
    text
      .split('\n')
      .slice(0, Number(line) - 1)
      .join('\n').length +
    Number(column) -
    (line === '1' ? 1 : 0);
  return { ...found, at: positionOf(text, start, start + 1) };
};

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

const inOurForm = (message: string): string =>
  (/^[A-Z][a-z]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message).replace(/[.\s]+$/, '');

/** Where a value of the homelab is written, as far as it is written as a literal. */
export const locate = (file: string, { keys, onKey, secret }: HomelabProblem): Position | undefined => {
  const text = fs.readFileSync(file, 'utf8');
  const source = compiler().createSourceFile(file, text, compiler().ScriptTarget.Latest, true);
  const top = source.statements.find(compiler().isExportAssignment)?.expression;
  if (!top) return undefined;
  const node = find(source, top, keys, onKey ?? false);
  return positionOf(text, node.getStart(source), node.getEnd(), secret);
};

/** The node at these keys, or the last one on the way to it. */
const find = (source: ts.SourceFile, top: ts.Expression, keys: Keys, onKey: boolean): ts.Node => {
  let node: ts.Node = literalOf(source, top);
  for (const [depth, key] of keys.entries()) {
    const child = typeof key === 'number' ? itemOf(source, node, key) : propertyOf(source, node, key);
    if (!child) return node;
    if (onKey && depth === keys.length - 1 && compiler().isPropertyAssignment(child.parent)) return child.parent.name;
    const literal = literalOf(source, child);
    // A missing key is looked for where its owner is written, an unreadable value where it is used.
    node =
      compiler().isObjectLiteralExpression(literal) || compiler().isArrayLiteralExpression(literal) ? literal : child;
  }
  return node;
};

const propertyOf = (source: ts.SourceFile, node: ts.Node, key: string): ts.Expression | undefined => {
  if (!compiler().isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties.toReversed()) {
    if (compiler().isSpreadAssignment(property)) {
      const inside = propertyOf(source, literalOf(source, property.expression), key);
      if (inside) return inside;
    } else if (property.name && nameOf(property.name) === key) {
      if (compiler().isPropertyAssignment(property)) return property.initializer;
      if (compiler().isShorthandPropertyAssignment(property)) return property.name;
    }
  }
  return undefined;
};

const nameOf = (name: ts.PropertyName): string | undefined =>
  compiler().isIdentifier(name) || compiler().isStringLiteralLike(name) || compiler().isNumericLiteral(name)
    ? name.text
    : undefined;

const itemOf = (source: ts.SourceFile, node: ts.Node, index: number): ts.Expression | undefined => {
  const items = itemsOf(source, node)?.slice(0, index + 1);
  return items?.every((item) => item !== undefined) ? items[index] : undefined;
};

/** The items of a list; undefined for a stretch whose length nobody can see. */
const itemsOf = (source: ts.SourceFile, node: ts.Node): readonly (ts.Expression | undefined)[] | undefined => {
  if (!compiler().isArrayLiteralExpression(node)) return undefined;
  return node.elements.flatMap((element) =>
    compiler().isSpreadElement(element)
      ? (itemsOf(source, literalOf(source, element.expression)) ?? [undefined])
      : [element],
  );
};

/** What an expression stands for: through `defineHomelab(...)`, `as`, `satisfies`, brackets and constants of this file. */
const literalOf = (source: ts.SourceFile, expression: ts.Expression, depth = 0): ts.Expression => {
  if (depth > 20) return expression;
  const inner = compiler().isCallExpression(expression)
    ? expression.arguments[0]
    : compiler().isAsExpression(expression) ||
        compiler().isSatisfiesExpression(expression) ||
        compiler().isParenthesizedExpression(expression)
      ? expression.expression
      : compiler().isIdentifier(expression)
        ? constantOf(source, expression.text)
        : undefined;
  return inner ? literalOf(source, inner, depth + 1) : expression;
};

const constantOf = (source: ts.SourceFile, name: string): ts.Expression | undefined =>
  source.statements
    .filter(compiler().isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find((declaration) => declaration.name.getText(source) === name)?.initializer;
