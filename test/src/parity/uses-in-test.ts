import { isKind, type Node, nameOf, nodesUnder, parseTypeScript } from "./typescript-ast.js";

/** What a test does with the SDK, by name. A word in a title, a comment or another library's call is no use. */
export interface Uses {
  /** Properties of objects that are options of a query: of a call that takes options, or typed as such. */
  readonly options: ReadonlySet<string>;
  /** Methods called on a query, a client or a store. */
  readonly methods: ReadonlySet<string>;
  /** What is imported from the SDK and used as a value. */
  readonly names: ReadonlySet<string>;
  /** Properties that are read of anything. */
  readonly properties: ReadonlySet<string>;
  /** First arguments of `request()`. */
  readonly requests: ReadonlySet<string>;
  /** Strings that stand alone. */
  readonly texts: ReadonlySet<string>;
}

/** Functions whose arguments are options, or hold them as `options`; a test's own ones are known by their types. */
const takeOptions = [
  "query",
  "queryText",
  "queryObject",
  "queryWithOAuth",
  "ClaudeSDKClient",
  "ClaudeCodeOptions",
  "prewarm",
  "resolveSettings",
  "realClaude",
  "fakeClaude",
  "use",
  "findClaude",
  "startCli",
];
const optionTypes = /\b(QueryOptions|ClaudeOptions)\b/;
const handleTypes = /\b(Query|ClaudeSDKClient|SessionControls|InMemorySessionStore|WarmClaude)\b/;
const makeHandles = [
  "query",
  "queryWithOAuth",
  "prewarm",
  "ClaudeSDKClient",
  "InMemorySessionStore",
  "SessionControls",
];
const functions = ["FunctionDeclaration", "ArrowFunction", "FunctionExpression"];

export function usesInTest(text: string): Uses {
  const file = parseTypeScript(text);
  const nodes = [...nodesUnder(file)];
  const ofKind = (...kinds: readonly string[]): Node[] => nodes.filter((node) => isKind(node, ...kinds));

  const imports = ofKind("ImportDeclaration")
    .filter((node) => /\/src\/|index\.js/.test(nameOf(node.moduleSpecifier)))
    .flatMap((node) => [...nodesUnder(node)]);
  const importedBy = (kind: string): ReadonlySet<string> =>
    new Set(imports.filter((part) => isKind(part, kind)).map(({ name }) => nameOf(name)));
  const imported = importedBy("ImportSpecifier");
  const namespaces = importedBy("NamespaceImport");
  const named = ofKind(...functions).map((node) => ({
    name: nameOf(node.name) || nameOf(isKind(node.parent, "VariableDeclaration") && node.parent.name),
    parameters: (node.parameters as readonly Node[]).map(({ type }) => textOf(type)).join(),
    returns: textOf(node.type),
  }));
  const takers = new Set([
    ...takeOptions,
    ...named.filter(({ parameters }) => optionTypes.test(parameters)).map(({ name }) => name),
  ]);
  const makers = new Set([
    ...makeHandles,
    ...named.filter(({ returns }) => handleTypes.test(returns)).map(({ name }) => name),
  ]);
  const handles = new Set(
    ofKind("VariableDeclaration", "Parameter")
      .filter(
        (node) =>
          handleTypes.test(textOf(node.type)) ||
          makers.has(calleeOf(bare(node.initializer as Node | undefined))) ||
          (isKind(node, "Parameter") && isKind(node.parent.parent, "CallExpression")
            ? textOf(node.parent.parent.expression) === "ClaudeSDKClient.use"
            : false),
      )
      .map(({ name }) => nameOf(name)),
  );
  const isHandle = (node: Node): boolean =>
    handles.has(nameOf(node)) ||
    (isKind(node, "CallExpression", "NewExpression") && makers.has(calleeOf(node)));

  const calls = ofKind("CallExpression");
  const methodCalls = calls.flatMap((call) => {
    const callee = call.expression as Node;
    const isMethod = isKind(callee, "PropertyAccessExpression") && isHandle(bare(callee.expression as Node)!);
    return isMethod ? [{ name: nameOf(callee.name), first: (call.arguments as readonly Node[])[0] }] : [];
  });
  return {
    options: new Set(
      ofKind("ObjectLiteralExpression")
        .filter((literal) => isOptions(literal, takers))
        .flatMap((literal) => (literal.properties as readonly Node[]).map(({ name }) => nameOf(name))),
    ),
    methods: new Set(methodCalls.map(({ name }) => name)),
    requests: new Set(methodCalls.flatMap(({ name, first }) => (name === "request" ? [nameOf(first)] : []))),
    names: new Set(
      ofKind("Identifier")
        .filter(
          ({ parent }) =>
            !isKind(
              parent,
              "ImportSpecifier",
              "TypeReference",
              "TypeQuery",
              "PropertyAssignment",
              "Parameter",
            ),
        )
        .filter((node) => imported.has(nameOf(node)) || isOfNamespace(node, namespaces))
        .map(nameOf),
    ),
    properties: new Set(ofKind("PropertyAccessExpression").map(({ name }) => nameOf(name))),
    texts: new Set(ofKind("StringLiteral").map(nameOf)),
  };
}

/** Climbs from a literal to what it is given to, as long as its properties stay those of the whole. */
function isOptions(literal: Node, takers: ReadonlySet<string>): boolean {
  let child = literal;
  for (let node = literal.parent; node; child = node, node = node.parent) {
    if (isKind(node, "CallExpression", "NewExpression")) return takers.has(calleeOf(node)) || isTable(node);
    if (isKind(node, "VariableDeclaration", "Parameter", "PropertyDeclaration"))
      return optionTypes.test(textOf(node.type)) || /^(options|given)$/i.test(nameOf(node.name));
    if (isKind(node, ...functions) && optionTypes.test(textOf(node.type))) return true;
    if (isKind(node, "PropertyAssignment") && nameOf(node.name) !== "options") return false;
    if (isKind(node, "SatisfiesExpression", "AsExpression") && optionTypes.test(textOf(node.type)))
      return true;
    if (isKind(node, "Block", "SourceFile") && !isKind(child, "ReturnStatement")) return false;
  }
  return false;
}

/** `sdk.query` of `import * as sdk`. */
function isOfNamespace(node: Node, namespaces: ReadonlySet<string>): boolean {
  const { parent } = node;
  return (
    isKind(parent, "PropertyAccessExpression") &&
    parent.name === node &&
    namespaces.has(nameOf(parent.expression))
  );
}

/** A table of cases, `test.each<[string, QueryOptions]>(…)`. */
function isTable(call: Node): boolean {
  const types = (call.typeArguments ?? []) as readonly Node[];
  return types.some((type) => optionTypes.test(type.getText()));
}

function calleeOf(node: Node | undefined): string {
  if (!node || !isKind(node, "CallExpression", "NewExpression")) return "";
  const callee = node.expression as Node;
  return isKind(callee, "PropertyAccessExpression") ? nameOf(callee.name) : nameOf(callee);
}

/** Without `await` and parentheses. */
function bare(node: Node | undefined): Node | undefined {
  const isWrapped = node && isKind(node, "AwaitExpression", "ParenthesizedExpression");
  return isWrapped ? bare(node.expression as Node) : node;
}

function textOf(node: unknown): string {
  return node ? (node as Node).getText() : "";
}
