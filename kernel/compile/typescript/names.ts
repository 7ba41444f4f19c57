import type { Declaration, DeclarationKind } from "./read-declarations.js";

/** What one meaning of a name, as a value or as a type, stands for: a declaration in the slot of a cell. */
export interface Meaning extends Declaration {
  /** The slot whose namespace holds it. */
  readonly slot: number;
  /** Where it is declared: file and offset. */
  readonly file: string;
  readonly position: number;
}

/** A name as a value. */
export interface ValueMeaning extends Meaning {
  /** The slot whose scope holds it when cells run; undefined for one that is declared only (`declare const`). */
  readonly scope: number | undefined;
  /** Its type written out, where a long chain of cells would have to be inferred; else undefined. */
  readonly pin: string | undefined;
}

/** What a name means to the next cell. Classes, enums, namespaces and imports are values that may be types as well. */
export interface SessionName {
  readonly value?: ValueMeaning | undefined;
  /** A type or an interface declared beside the value, or instead of one. */
  readonly type?: Meaning | undefined;
}

export type SessionNames = ReadonlyMap<string, SessionName>;

const continuedByInterface: readonly DeclarationKind[] = ["interface", "class"];
const continuedByNamespace: readonly DeclarationKind[] = ["namespace", "function", "class"];

/**
 * The declaration of an earlier cell that this one goes on with, as declarations of one file merge: an interface or a
 * namespace that repeats no member of it. One that repeats a member is taken for a new version, which replaces it.
 */
export function continuedBy(name: SessionName | undefined, declaration: Declaration): Meaning | undefined {
  const { kind, members, args } = declaration;
  if (!name || members.size === 0) return undefined;
  const kinds =
    kind === "interface" ? continuedByInterface : kind === "namespace" ? continuedByNamespace : [];
  const old = name.value && kinds.includes(name.value.kind) ? name.value : name.type;
  if (!old || !kinds.includes(old.kind)) return undefined;
  if (kind === "interface" && old.args.split(",").length !== args.split(",").length) return undefined;
  return [...members].some((each) => old.members.has(each)) ? undefined : old;
}

/** What a name means once a cell that declares it has run. */
export function renew(
  old: SessionName | undefined,
  declared: Meaning,
  facts: {
    readonly scope: number | undefined;
    readonly pin: string | undefined;
    readonly continues: boolean;
  },
): SessionName {
  const members = facts.continues
    ? new Set([...(old?.value?.members ?? old?.type?.members ?? []), ...declared.members])
    : declared.members;
  const meaning: Meaning = { ...declared, members };
  if (facts.continues && (old?.value?.kind === "class" || old?.value?.kind === "function")) {
    // A class or a function that goes on: still what it was, with more in it.
    const { kind, isAbstract, scope } = old.value;
    return {
      value: { ...meaning, kind, isAbstract, value: true, scope: facts.scope ?? scope, pin: undefined },
    };
  }
  if (!declared.value) {
    // A type beside a value that is none.
    return { type: meaning, value: old?.value && !old.value.type ? old.value : undefined };
  }
  // `const T` with `type T` beside it, in one cell.
  const isPlain = ["let", "const", "function"].includes(declared.kind);
  const value: ValueMeaning = {
    ...meaning,
    type: declared.type && !isPlain,
    scope: facts.scope,
    pin: facts.pin,
  };
  return { value, type: declared.type ? (isPlain ? meaning : undefined) : old?.type };
}
