import { boundNames, forEachChild, hoistedNames, lexicalNames, type SyntaxNode } from "./syntax-tree.js";

/** A use of a name that the script does not declare, or that it imports. */
export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `callee`: called as a function; `shorthand`: both key and value, as in `{ name }`. */
  readonly use: "plain" | "callee" | "shorthand";
}

/** What a script uses that is not its own. */
export interface ScriptUses {
  readonly references: readonly Reference[];
  readonly hasTopLevelAwait: boolean;
  /** Offsets of `import` in `import(…)`. */
  readonly dynamicImports: readonly number[];
  /** `import.meta`. */
  readonly metas: readonly SyntaxNode[];
}

interface Scope {
  readonly names: Set<string>;
  readonly outer: Scope | undefined;
}

/** @param depth how many functions stand around the node: `await` in none of them is the script's own. */
type Visit = (node: SyntaxNode, scope: Scope, depth: number) => void;

/**
 * Finds the free names of a script.
 *
 * @param own what it declares at its top level, without what it imports.
 */
export function visitReferences(body: readonly SyntaxNode[], own: ReadonlySet<string>): ScriptUses {
  const references: Reference[] = [];
  const dynamicImports: number[] = [];
  const metas: SyntaxNode[] = [];
  let hasTopLevelAwait = false;

  const top: Scope = { names: new Set(own), outer: undefined };
  const inner = (outer: Scope, names: Iterable<string> = []): Scope => ({ names: new Set(names), outer });
  const block = (outer: Scope, statements: readonly SyntaxNode[]): Scope =>
    inner(outer, statements.flatMap(lexicalNames));

  const use = ({ name, start, end }: SyntaxNode, from: Scope, how: Reference["use"] = "plain"): void => {
    for (let scope: Scope | undefined = from; scope; scope = scope.outer) {
      if (scope.names.has(name)) return;
    }
    references.push({ name, start, end, use: how });
  };
  const visitAll = (nodes: readonly SyntaxNode[], scope: Scope, depth: number): void => {
    for (const each of nodes) visit(each, scope, depth);
  };
  const visitCallee: Visit = (callee, scope, depth) =>
    callee.type === "Identifier" ? use(callee, scope, "callee") : visit(callee, scope, depth);

  /** Of a declaration's pattern only defaults and computed keys are uses. */
  const visitPattern = (pattern: SyntaxNode | null, scope: Scope, depth: number): void => {
    if (!pattern || pattern.type === "Identifier") return;
    const rows: Record<string, () => void> = {
      ObjectPattern: () => {
        for (const each of pattern.properties as SyntaxNode[]) {
          if (each.computed) visit(each.key, scope, depth);
          visitPattern(each.type === "RestElement" ? each.argument : each.value, scope, depth);
        }
      },
      ArrayPattern: () => {
        for (const each of pattern.elements) visitPattern(each, scope, depth);
      },
      AssignmentPattern: () => {
        visitPattern(pattern.left, scope, depth);
        visit(pattern.right, scope, depth);
      },
      RestElement: () => visitPattern(pattern.argument, scope, depth),
    };
    const row = rows[pattern.type];
    if (row) row();
    else visit(pattern, scope, depth);
  };

  const visitFunction: Visit = (node, outer, depth) => {
    const scope = inner(outer, node.type === "ArrowFunctionExpression" ? [] : ["arguments"]);
    if (node.type === "FunctionExpression" && node.id) scope.names.add(node.id.name);
    for (const each of node.params) for (const id of boundNames(each)) scope.names.add(id.name);
    for (const each of node.params) visitPattern(each, scope, depth + 1);
    if (node.body.type !== "BlockStatement") return visit(node.body, scope, depth + 1);
    const statements: readonly SyntaxNode[] = node.body.body;
    // A scope of its own: what the parameters' defaults name is not the body's.
    const body = block(scope, statements);
    for (const id of hoistedNames(statements)) body.names.add(id.name);
    return visitAll(statements, body, depth + 1);
  };

  const visitClass: Visit = (node, outer, depth) => {
    visitAll(node.decorators ?? [], outer, depth);
    const scope = inner(outer, node.id ? [node.id.name] : []);
    if (node.superClass) visit(node.superClass, scope, depth);
    for (const member of node.body.body as SyntaxNode[]) {
      if (member.type === "StaticBlock") {
        const own = block(scope, member.body);
        for (const id of hoistedNames(member.body)) own.names.add(id.name);
        visitAll(member.body, own, depth + 1);
        continue;
      }
      visitAll(member.decorators ?? [], scope, depth);
      if (member.computed) visit(member.key, scope, depth);
      if (member.value) visit(member.value, scope, depth + 1);
    }
  };

  const visitLoop: Visit = (node, outer, depth) => {
    if (node.await && depth === 0) hasTopLevelAwait = true;
    const head: SyntaxNode | null = node.init ?? node.left ?? null;
    const scope = inner(outer, head ? lexicalNames(head) : []);
    forEachChild(node, (child) => visit(child, scope, depth));
  };

  const rows: Readonly<Record<string, Visit>> = {
    Identifier: (node, scope) => use(node, scope),
    FunctionDeclaration: visitFunction,
    FunctionExpression: visitFunction,
    ArrowFunctionExpression: visitFunction,
    ClassDeclaration: visitClass,
    ClassExpression: visitClass,
    ForStatement: visitLoop,
    ForInStatement: visitLoop,
    ForOfStatement: visitLoop,
    BlockStatement: (node, scope, depth) => visitAll(node.body, block(scope, node.body), depth),
    SwitchStatement: (node, outer, depth) => {
      visit(node.discriminant, outer, depth);
      const cases = node.cases as SyntaxNode[];
      const scope = inner(
        outer,
        cases.flatMap((each) => each.consequent.flatMap(lexicalNames)),
      );
      for (const each of cases) {
        if (each.test) visit(each.test, scope, depth);
        visitAll(each.consequent, scope, depth);
      }
    },
    CatchClause: (node, outer, depth) => {
      const scope = inner(
        outer,
        boundNames(node.param).map((id) => id.name),
      );
      visitPattern(node.param, scope, depth);
      visit(node.body, scope, depth);
    },
    VariableDeclaration: (node, scope, depth) => {
      if (node.kind === "await using" && depth === 0) hasTopLevelAwait = true;
      for (const each of node.declarations) {
        visitPattern(each.id, scope, depth);
        if (each.init) visit(each.init, scope, depth);
      }
    },
    MemberExpression: (node, scope, depth) => {
      visit(node.object, scope, depth);
      if (node.computed) visit(node.property, scope, depth);
    },
    Property: (node, scope, depth) => {
      if (node.computed) visit(node.key, scope, depth);
      if (!node.shorthand) return visit(node.value, scope, depth);
      const hasDefault = node.value.type === "AssignmentPattern";
      use(hasDefault ? node.value.left : node.value, scope, "shorthand");
      if (hasDefault) visit(node.value.right, scope, depth);
    },
    CallExpression: (node, scope, depth) => {
      visitCallee(node.callee, scope, depth);
      visitAll(node.arguments, scope, depth);
    },
    TaggedTemplateExpression: (node, scope, depth) => {
      visitCallee(node.tag, scope, depth);
      visit(node.quasi, scope, depth);
    },
    AwaitExpression: (node, scope, depth) => {
      if (depth === 0) hasTopLevelAwait = true;
      visit(node.argument, scope, depth);
    },
    ImportExpression: (node, scope, depth) => {
      dynamicImports.push(node.start);
      visit(node.source, scope, depth);
      if (node.options) visit(node.options, scope, depth);
    },
    MetaProperty: (node) => {
      if (node.meta.name === "import") metas.push(node);
    },
    LabeledStatement: (node, scope, depth) => visit(node.body, scope, depth),
    BreakStatement: () => {},
    ContinueStatement: () => {},
    ImportDeclaration: () => {},
    ExportAllDeclaration: () => {},
    ExportNamedDeclaration: (node, scope, depth) => {
      if (node.declaration) visit(node.declaration, scope, depth);
    },
  };
  const visit: Visit = (node, scope, depth) => {
    const row = rows[node.type];
    if (row) row(node, scope, depth);
    else forEachChild(node, (child) => visit(child, scope, depth));
  };

  visitAll(body, top, 0);
  return { references, hasTopLevelAwait, dynamicImports, metas };
}
