import { boundNames, hoistedNames, type SyntaxNode, withoutExport } from "./syntax-tree.js";

export type DeclarationKind =
  | "let"
  | "const"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "import"
  | "type"
  | "interface";

/** What a cell says of one name; declarations of the same name in the cell count as one. */
export interface Declaration {
  readonly kind: DeclarationKind;
  /** Whether the name means a value. */
  readonly value: boolean;
  /** Whether the name means a type. */
  readonly type: boolean;
  /** Where it is declared first, in the cell. */
  readonly start: number;
  /** A `const` whose type is written down, or is a unique symbol: it has no literal type that could still widen. */
  readonly annotated: boolean;
  /** Type parameters as written, `<T extends U>`, and as arguments, `<T>`; empty without. */
  readonly parameters: string;
  readonly args: string;
  /** Names of what an interface, a class or a namespace has: what a second declaration may add to or repeat. */
  readonly members: ReadonlySet<string>;
  readonly isAbstract: boolean;
}

export type Declarations = ReadonlyMap<string, Declaration>;

/** What the statements of a cell declare at its top level. */
export function readDeclarations(text: string, body: readonly SyntaxNode[]): Declarations {
  const found = new Map<string, Declaration>();

  const add = (id: SyntaxNode, kind: DeclarationKind, more: Partial<Declaration> = {}): void => {
    const isType = kind === "type" || kind === "interface";
    const old = found.get(id.name);
    found.set(id.name, {
      // `interface X` beside `class X`: the value says what kind of name it is.
      kind: old?.value ? old.kind : kind,
      value: old?.value || !isType,
      type: old?.type || isType || kind === "class" || kind === "enum" || kind === "import",
      start: old?.start ?? id.start,
      annotated: more.annotated ?? false,
      parameters: more.parameters || old?.parameters || "",
      args: more.args || old?.args || "",
      members: new Set([...(old?.members ?? []), ...(more.members ?? [])]),
      isAbstract: more.isAbstract ?? old?.isAbstract ?? false,
    });
  };

  const rows: Readonly<Record<string, (node: SyntaxNode) => void>> = {
    ImportDeclaration: (node) => {
      for (const each of node.specifiers) add(each.local, "import");
    },
    TSImportEqualsDeclaration: (node) => add(node.id, "import"),
    VariableDeclaration: (node) => {
      const kind = node.kind === "var" || node.kind === "let" ? "let" : "const";
      for (const each of node.declarations) {
        for (const id of boundNames(each.id)) add(id, kind, { annotated: isAnnotated(id, node, each) });
      }
    },
    FunctionDeclaration: (node) => node.id && add(node.id, "function"),
    TSDeclareFunction: (node) => node.id && add(node.id, "function"),
    ClassDeclaration: (node) => {
      if (!node.id) return;
      const members = memberNames(node.body.body);
      add(node.id, "class", { ...typeParameters(text, node), members, isAbstract: Boolean(node.abstract) });
    },
    TSEnumDeclaration: (node) => add(node.id, "enum"),
    TSModuleDeclaration: (node) => {
      if (node.kind === "global" || node.id.type === "Literal") return;
      const [id, inner] = firstName(node.id);
      const members = inner ? new Set([inner.name as string]) : exportedNames(node.body?.body ?? []);
      add(id, "namespace", { members });
    },
    TSInterfaceDeclaration: (node) =>
      add(node.id, "interface", { ...typeParameters(text, node), members: memberNames(node.body.body) }),
    TSTypeAliasDeclaration: (node) => add(node.id, "type", typeParameters(text, node)),
  };

  for (const statement of body) {
    const node = withoutExport(statement);
    if (!node) continue;
    const row = rows[node.type];
    if (row) row(node);
    else for (const id of hoistedNames([node])) add(id, "let");
  }
  return found;
}

/** Of `A.B.C` the names A and B. */
function firstName(id: SyntaxNode, inner?: SyntaxNode): [SyntaxNode, SyntaxNode | undefined] {
  return id.type === "TSQualifiedName" ? firstName(id.left, id.right) : [id, inner];
}

function isAnnotated(id: SyntaxNode, { declare }: SyntaxNode, { init }: SyntaxNode): boolean {
  const isSymbol = init?.callee?.name === "Symbol" || init?.callee?.object?.name === "Symbol";
  return Boolean(id.typeAnnotation) || Boolean(declare) || isSymbol;
}

function typeParameters(text: string, { typeParameters: list }: SyntaxNode): Partial<Declaration> {
  if (!list) return {};
  const names = list.params.map((each: SyntaxNode) => each.name.name ?? each.name);
  return { parameters: text.slice(list.start, list.end), args: `<${names.join(", ")}>` };
}

function memberNames(members: readonly SyntaxNode[]): Set<string> {
  return new Set(members.flatMap(({ key }) => (key ? [String(key.name ?? key.value ?? "[computed]")] : [])));
}

function exportedNames(body: readonly SyntaxNode[]): Set<string> {
  const exported = body.filter((each) => each.type === "ExportNamedDeclaration");
  return new Set(exported.flatMap((each) => [...readDeclarations("", [each]).keys()]));
}
