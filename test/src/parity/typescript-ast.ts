import { createRequire } from "node:module";

/** A node of a syntax tree, with what is read of it here. */
export interface Node {
  readonly kind: number;
  readonly parent: Node;
  getText(): string;
  readonly [field: string]: unknown;
}

interface TypeScript {
  readonly SyntaxKind: Readonly<Record<string, number>> & Readonly<Record<number, string>>;
  createSourceFile(name: string, text: string, target: number, setParents: boolean): Node;
  forEachChild(node: Node, visit: (child: Node) => void): void;
}

/** The compiler of the cells: the project's own one, TypeScript 7, has no such API. */
const ts = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as TypeScript;

const LATEST_SYNTAX = 99;

export function parseTypeScript(text: string): Node {
  return ts.createSourceFile("file.ts", text, LATEST_SYNTAX, true);
}

/** Each node under this one, from the top down. */
export function* nodesUnder(node: Node): Generator<Node> {
  const children: Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) {
    yield child;
    yield* nodesUnder(child);
  }
}

/** Names of kinds that share a number with a marker have the marker's name in TypeScript's own table. */
export function isKind(node: Node | undefined, ...names: readonly string[]): boolean {
  return node !== undefined && names.some((name) => ts.SyntaxKind[name] === node.kind);
}

/** The text of a name or of a string, without quotes. */
export function nameOf(node: unknown): string {
  const { text } = (node ?? {}) as { readonly text?: unknown };
  return typeof text === "string" ? text : "";
}
