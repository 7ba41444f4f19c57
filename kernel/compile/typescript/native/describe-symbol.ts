import {
  type Checker,
  type Project,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
} from "typescript/unstable/sync";
import type { OriginOf, RawInspection } from "../checker.js";
import { documentationOf, documentedSymbol, resolveAlias } from "./documentation.js";

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
