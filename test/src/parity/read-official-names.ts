import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isKind, type Node, nameOf, nodesUnder, parseTypeScript } from "./typescript-ast.js";

/** What the official SDK declares, by name: only names, each kind sorted. */
export interface OfficialNames {
  readonly version: string;
  /** Properties of `Options`. */
  readonly options: readonly string[];
  /** `Owner.name`: methods of what its functions return and of its classes. */
  readonly methods: readonly string[];
  /** Functions, classes and constants that can be imported. */
  readonly values: readonly string[];
  /** `subtype` of the requests that can go over the control protocol, either way. */
  readonly controlRequests: readonly string[];
  /** `type`, or `type/subtype` where a type has several kinds. */
  readonly messageKinds: readonly string[];
  readonly hookEvents: readonly string[];
}

/** Objects that its functions return; its classes are found by themselves. Data, and what a user implements, have no methods to call. */
const returned = ["Query", "WarmQuery", "SpareProcess"];

/** @param folder where the package `@anthropic-ai/claude-agent-sdk` is installed. */
export function readOfficialNames(folder: string): OfficialNames {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = parseTypeScript(readFileSync(join(folder, "sdk.d.ts"), "utf8"));
  const top = file.statements as readonly Node[];
  const typeOf = new Map<string, Node>();
  for (const node of top) if (isKind(node, "TypeAliasDeclaration")) typeOf.set(nameOf(node.name), node);

  const literalsOf = (type: unknown, property: string): readonly string[] => {
    const members = ((type as Node).members ?? []) as readonly Node[];
    const found = members.find((member) => nameOf(member.name) === property);
    return found ? stringsIn(found.type as Node) : [];
  };
  /** The object types that a type is one of. */
  const variantsOf = (type: Node): readonly Node[] => {
    if (isKind(type, "UnionType", "IntersectionType")) return (type.types as Node[]).flatMap(variantsOf);
    if (isKind(type, "TypeReference")) {
      const alias = typeOf.get(nameOf(type.typeName));
      return alias ? variantsOf(alias.type as Node) : [];
    }
    return isKind(type, "TypeLiteral") ? [type] : [];
  };
  const variantsNamed = (name: string): readonly Node[] => variantsOf(typeOf.get(name)!.type as Node);

  const methods = top
    .filter(
      (node) =>
        (isKind(node, "InterfaceDeclaration") && returned.includes(nameOf(node.name))) ||
        (isKind(node, "ClassDeclaration") && isExported(node)),
    )
    .flatMap((owner) =>
      (owner.members as readonly Node[])
        .filter((member) => isKind(member, "MethodSignature", "MethodDeclaration"))
        .map((member) => `${nameOf(owner.name)}.${nameOf(member.name)}`),
    );
  const values = top.filter(isExported).flatMap((node) => {
    if (isKind(node, "FunctionDeclaration", "ClassDeclaration")) return [nameOf(node.name)];
    if (!isKind(node, "VariableStatement", "FirstStatement")) return [];
    const { declarations } = node.declarationList as { readonly declarations: readonly Node[] };
    return declarations.map(({ name }) => nameOf(name));
  });
  // Some messages are exported and not yet in the union.
  const messages = [...typeOf].flatMap(([name, node]) =>
    isExported(node) && /^SDK\w+(Message|Event)$/.test(name) ? variantsNamed(name) : [],
  );
  const messageKinds = [...variantsNamed("SDKMessage"), ...messages].flatMap((variant) => {
    const [type] = literalsOf(variant, "type");
    const subtypes = literalsOf(variant, "subtype");
    return type === "system" ? subtypes.map((subtype) => `system/${subtype}`) : type ? [type] : [];
  });
  const events = [...nodesUnder(file)].find(
    (node) => isKind(node, "VariableDeclaration") && nameOf(node.name) === "HOOK_EVENTS",
  )!;
  const optionNames = (typeOf.get("Options")!.type as Node).members as readonly Node[];
  return {
    version,
    options: sorted(optionNames.map(({ name }) => nameOf(name))),
    methods: sorted(methods),
    values: sorted(values),
    controlRequests: sorted(
      variantsNamed("SDKControlRequestInner").flatMap((node) => literalsOf(node, "subtype")),
    ),
    messageKinds: sorted(messageKinds),
    hookEvents: sorted(stringsIn(events)),
  };
}

function isExported(node: Node): boolean {
  const modifiers = (node.modifiers ?? []) as readonly Node[];
  return modifiers.some((modifier) => modifier.getText() === "export");
}

function stringsIn(node: Node): readonly string[] {
  const literals = isKind(node, "LiteralType") ? [node.literal as Node] : [...nodesUnder(node)];
  return literals.filter((literal) => isKind(literal, "StringLiteral")).map(nameOf);
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter(Boolean).sort();
}
