import { SyntaxKind } from "typescript/unstable/ast";
import {
  type Checker,
  type Project,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
} from "typescript/unstable/sync";
import type { OriginOf, RawInspection } from "../checker.js";

/** Do not shorten long types. */
const NO_TRUNCATION = 1;
/** Write out what an alias stands for. */
const IN_TYPE_ALIAS = 8388608;

/** The name of the module that the code being typed is. */
const IS_SCRATCH = /\.(?:scratch|imports)"?$/;

/** What stands where the user points. */
interface Place {
  readonly checker: Checker;
  readonly symbol: TsSymbol;
  /** The name as it is written there. */
  readonly name: string;
  readonly type: Type | undefined;
  /** The type at that very place, narrowed. */
  readonly typeHere: Type | undefined;
}

/** One kind of symbol; the first row whose flags the symbol has counts. */
interface Row {
  readonly flags: number;
  readonly except?: number;
  head(place: Place): string | undefined;
}

const print = ({ checker }: Place, type: Type, flags = NO_TRUNCATION): string =>
  checker.typeToString(type, undefined, flags);

const declared = (place: Place, flags?: number): string =>
  print(place, place.checker.getDeclaredTypeOfSymbol(place.symbol), flags);

const typeOf = (place: Place): string => {
  const type = place.typeHere ?? place.type;
  return type ? print(place, type) : "any";
};

const rows: readonly Row[] = [
  { flags: SymbolFlags.Function | SymbolFlags.Method, head: headOfFunction },
  { flags: SymbolFlags.Class, head: (place) => `class ${declared(place)}` },
  {
    flags: SymbolFlags.Interface,
    except: SymbolFlags.Variable,
    head: (place) => `interface ${declared(place)}`,
  },
  {
    flags: SymbolFlags.TypeAlias,
    except: SymbolFlags.Variable,
    head: (place) => `type ${place.name} = ${declared(place, NO_TRUNCATION | IN_TYPE_ALIAS)}`,
  },
  { flags: SymbolFlags.Enum, head: ({ name }) => `enum ${name}` },
  { flags: SymbolFlags.EnumMember, head: ({ symbol, name }) => `(enum member) ${ownerOf(symbol)}${name}` },
  {
    flags: SymbolFlags.ValueModule | SymbolFlags.NamespaceModule,
    head: ({ name }) => `${/^["./]/.test(name) ? "module" : "namespace"} ${name}`,
  },
  {
    flags: SymbolFlags.Property | SymbolFlags.Accessor,
    head: (place) => `(property) ${ownerOf(place.symbol)}${place.name}: ${typeOf(place)}`,
  },
  { flags: SymbolFlags.TypeParameter, head: ({ name }) => `(type parameter) ${name}` },
  {
    flags: SymbolFlags.Variable,
    head: (place) => {
      const isVar = (place.symbol.flags & SymbolFlags.FunctionScopedVariable) !== 0;
      return `${isVar ? "var" : "const"} ${place.name}: ${typeOf(place)}`;
    },
  },
];

/** The symbol at a position, with its documentation. */
export function describePlace(
  project: Project,
  file: string,
  position: number,
  origin: OriginOf,
): RawInspection | undefined {
  const { checker } = project;
  const here = checker.getSymbolAtPosition(file, position);
  // In a comment or between words it is the file itself that stands there.
  if (!here || IS_SCRATCH.test(here.name)) return undefined;
  const symbol = resolveAlias(checker, here);
  const type = symbol.flags & SymbolFlags.Value ? checker.getTypeOfSymbol(symbol) : undefined;
  const typeHere = type && checker.getTypeAtPosition(file, position);
  const place: Place = { checker, symbol, name: here.name, type, typeHere };
  const row = rows.find(({ flags, except = 0 }) => symbol.flags & flags && !(symbol.flags & except));
  const signature = row?.head(place) ?? here.name;
  return { signature, ...documentationOf(project, documentedSymbol(checker, here.name, symbol, origin)) };
}

/** All overloads of the function, method or class at a position. */
export function describeCall(
  project: Project,
  file: string,
  position: number,
  origin: OriginOf,
): RawInspection | undefined {
  const { checker, emitter } = project;
  const here = checker.getSymbolAtPosition(file, position);
  const symbol = here && resolveAlias(checker, here);
  const type = checker.getTypeAtPosition(file, position) ?? (symbol && checker.getTypeOfSymbol(symbol));
  if (!here || !symbol || !type) return undefined;
  const calls = checker.getSignaturesOfType(type, SignatureKind.Call);
  const isCall = calls.length > 0;
  const signatures = isCall ? calls : checker.getSignaturesOfType(type, SignatureKind.Construct);
  const kind = isCall ? SyntaxKind.CallSignature : SyntaxKind.ConstructSignature;
  const lines = signatures.flatMap((each) => {
    const node = checker.signatureToSignatureDeclaration(each, kind);
    const text = node ? emitter.printNode(node).replace(/;$/, "").replace(/^new /, "") : undefined;
    // Under strict checks an optional parameter's type says so a second time.
    const short = text?.replace(/\?: ([^,()]*?) \| undefined(?=[,)])/g, "?: $1");
    return short === undefined ? [] : `${isCall ? "" : "new "}${here.name}${short}`;
  });
  if (lines.length === 0) return undefined;
  return {
    signature: lines.join("\n"),
    ...documentationOf(project, documentedSymbol(checker, here.name, symbol, origin)),
  };
}

/** What can be imported from a module; of an `export =`, the properties of its value. */
export function exportedNames(checker: Checker, module: TsSymbol): string[] {
  const found = checker.getExportsOfModule(module);
  const whole = [...module.getExports().values()].find((each) => each.name === "export=");
  const type = whole && checker.getTypeOfSymbol(resolveAlias(checker, whole));
  const members = type ? checker.getPropertiesOfType(type) : [];
  return [...found, ...members].map((each) => each.name);
}

function resolveAlias(checker: Checker, symbol: TsSymbol): TsSymbol {
  return symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** A variable of an earlier cell is declared anew in each file that uses it; its documentation stands in that cell. */
function documentedSymbol(checker: Checker, name: string, symbol: TsSymbol, origin: OriginOf): TsSymbol {
  const place = symbol.flags & SymbolFlags.Variable ? origin(name) : undefined;
  const found = place && checker.getSymbolAtPosition(place.file, place.position);
  return found ? resolveAlias(checker, found) : symbol;
}

function documentationOf({ checker, program }: Project, symbol: TsSymbol): Omit<RawInspection, "signature"> {
  return {
    documentation: checker.getDocumentationCommentOfSymbol(symbol) || commentAbove(symbol, program),
    tags: checker.getJsDocTagsOfSymbol(symbol).map(({ name, text }) => ({ name, text: textOf(text) })),
  };
}

/** The comment above a property of an object, which the compiler does not count as documentation. */
function commentAbove({ flags, valueDeclaration }: TsSymbol, program: Project["program"]): string {
  const node = flags & SymbolFlags.Property ? valueDeclaration?.resolve() : undefined;
  const text = node && valueDeclaration && program.getSourceFile(valueDeclaration.path)?.text;
  const comment = text && /^\s*\/\*\*([\s\S]*?)\*\//.exec(text.slice(node.pos, node.end))?.[1];
  return comment ? comment.replace(/^\s*\* ?/gm, "").trim() : "";
}

function textOf(text: unknown): string {
  if (typeof text === "string") return text;
  if (!Array.isArray(text)) return "";
  return text.map((each) => (typeof each === "string" ? each : (each?.text ?? ""))).join("");
}

/** `Math.` for a member, where its owner has a name. */
function ownerOf(symbol: TsSymbol): string {
  const owner = symbol.getParent();
  const { Class, Interface, Enum, ValueModule } = SymbolFlags;
  const hasName =
    owner && !/^(__|")/.test(owner.name) && owner.flags & (Class | Interface | Enum | ValueModule);
  return hasName ? `${owner.name}.` : "";
}

function headOfFunction(place: Place): string | undefined {
  const { checker, symbol, name, type } = place;
  const signatures = type ? checker.getSignaturesOfType(type, SignatureKind.Call) : [];
  if (!type || signatures.length === 0) return undefined;
  const word = symbol.flags & SymbolFlags.Method ? `(method) ${ownerOf(symbol)}` : "function ";
  const more = signatures.length - 1;
  const overloads = more === 0 ? "" : ` (+${more} overload${more > 1 ? "s" : ""})`;
  return `${word}${name}${asSignature(print(place, type), more > 0)}${overloads}`;
}

/** `(a: T) => U`, or the first of `{ (a: T): U; … }`, as `(a: T): U`. */
function asSignature(type: string, isOverloaded: boolean): string {
  const text = isOverloaded ? (type.replace(/^\{\s*/, "").split(/;\s/)[0] ?? "") : type;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if ("([{<".includes(char)) depth++;
    else if (")]}".includes(char) || (char === ">" && text[at - 1] !== "=")) depth--;
    if (depth === 0 && text.startsWith(" => ", at)) return `${text.slice(0, at)}: ${text.slice(at + 4)}`;
  }
  return text;
}
