import {
  continuedBy,
  type Meaning,
  type SessionName,
  type SessionNames,
  type ValueMeaning,
} from "./names.js";
import type { Declaration, Declarations } from "./read-declarations.js";

const IDENTIFIER = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** The lines above a cell that bring in what it mentions of earlier cells. */
export interface Prelude {
  /** One line, with its end. */
  readonly text: string;
  /** Slots it refers to. */
  readonly uses: ReadonlySet<number>;
}

/** @param mentioned names to bring in; those that are none of the session's are passed over. */
export function writePrelude(
  names: SessionNames,
  mentioned: Iterable<string>,
  declarations: Declarations,
): Prelude {
  const uses = new Set<number>();
  const lines: string[] = [];
  const seen = new Set(mentioned);
  const use = (meaning: Meaning, name: string): string => {
    // Constraints of type parameters name other types.
    for (const each of identifiersIn(meaning.parameters)) seen.add(each);
    uses.add(meaning.slot);
    return `__cell${meaning.slot}.${name}`;
  };
  // Grows while it is gone through.
  for (const name of seen) {
    const known = names.get(name);
    if (known) lines.push(...bring(name, known, declarations.get(name), use));
  }
  return { text: `${lines.join(" ")}\n`, uses };
}

export function identifiersIn(text: string): string[] {
  return text.match(IDENTIFIER) ?? [];
}

type Use = (meaning: Meaning, name: string) => string;

function bring(name: string, known: SessionName, declared: Declaration | undefined, use: Use): string[] {
  const { value, type } = known;
  if (!declared) {
    if (!value) return type ? [`import ${name} = ${use(type, name)};`] : [];
    return [bringValue(name, value, use), ...(type ? [bringType(name, type, use)] : [])];
  }
  const continued = continuedBy(known, declared);
  if (continued) return goOn(name, declared, continued, use);
  // What the cell does not declare itself: the type beside its value, or the value beside its type.
  if (declared.value) return type && !declared.type ? [bringType(name, type, use)] : [];
  return value && !value.type ? [bringValue(name, value, use)] : [];
}

function bringValue(name: string, value: ValueMeaning, use: Use): string {
  const { kind, annotated, pin } = value;
  if (kind !== "let" && kind !== "const") return `import ${name} = ${use(value, name)};`;
  if (pin !== undefined) return `declare ${kind} ${name}: ${pin};`;
  const reference = use(value, name);
  // The literal type of a constant still widens (`let y = x; y = 2`) through an initialiser; a declaration would freeze it.
  return kind === "const" && !annotated
    ? `const ${name} = ${reference};`
    : `declare ${kind} ${name}: typeof ${reference};`;
}

function bringType(name: string, type: Meaning, use: Use): string {
  return `type ${name}${type.parameters} = ${use(type, name)}${type.args};`;
}

/** The earlier part of a declaration that goes on in this cell, in a form that the compiler merges with it. */
function goOn(name: string, declared: Declaration, old: Meaning, use: Use): string[] {
  const reference = use(old, name);
  const parameters = declared.kind === "interface" ? declared.parameters : old.parameters;
  const args = declared.kind === "interface" ? declared.args : old.args;
  const head = `${name}${parameters} extends ${reference}${args}`;
  if (old.kind === "class") return [`declare ${old.isAbstract ? "abstract " : ""}class ${head} {}`];
  if (old.kind === "interface") return [`interface ${head} {}`];
  if (old.kind === "function") {
    const type = `typeof ${reference}`;
    return [`declare function ${name}(...__args: Parameters<${type}>): ReturnType<${type}>;`];
  }
  const members = [...old.members].map((each) => `export import ${each} = ${reference}.${each};`);
  return [`declare namespace ${name} { ${members.join(" ")} }`];
}
