import { join } from "node:path";

/** The text of a slot that no cell uses. As complete as a cell's file, so that a cell replaces it in place. */
export const EMPTY_SLOT = "export {}; declare global {}";

/** Slots that are added at a time: the list of files is part of the project, and changing it costs a rebuild. */
const SLOTS_AT_A_TIME = 64;

/**
 * The files of a project that exists in memory only: a slot for each cell, in the notebook's folder so that imports are
 * resolved from there, and some for what is being typed. Running a cell changes the text of one slot, which the compiler
 * replaces in place.
 */
export interface VirtualProject {
  /** The virtual tsconfig.json. */
  readonly config: string;
  /** Texts by path; what the compiler reads. */
  readonly files: Map<string, string>;
  /** Sets the compiler options; before the project is opened. */
  configure(compilerOptions: Readonly<Record<string, unknown>>): void;
  /** The file of a slot; makes more slots when there are too few, and then calls `onGrown`. */
  slot(number: number, tsx: boolean, onGrown: () => void): string;
  /** Adds a module that can be imported. @returns whether it is new. */
  defineModule(file: string): boolean;
  hasVirtualModules(): boolean;
  /** The file that a slot has, or would have. */
  slotFile(number: number, tsx: boolean): string;
  /** The file for code that is being typed. */
  scratch(tsx: boolean): string;
  /** The file for its imports: the scratch file itself cannot resolve modules. */
  readonly scratchImports: string;
  /** The file that imports what no cell names: modules whose path is made up at run time. */
  readonly otherImports: string;
}

/** @param globals declaration files that belong to the project. */
export function createVirtualProject(folder: string, globals: readonly string[]): VirtualProject {
  const files = new Map<string, string>();
  const roots: string[] = [...globals];
  const config = join(folder, ".cells.tsconfig.json");
  let compilerOptions: Readonly<Record<string, unknown>> = {};
  const modules = new Set<string>();
  let slots = 0;

  const add = (file: string): string => {
    roots.push(file);
    files.set(file, EMPTY_SLOT);
    return file;
  };
  const slotFile = (number: number, tsx: boolean): string =>
    join(folder, `.cell-${number}.${tsx ? "tsx" : "ts"}`);
  // A name of the form ^/scheme/authority/path is "dynamic": only there does 7.0.2 complete identifiers.
  const scratch = (tsx: boolean): string => `^/claude-notebook/typed/.scratch.${tsx ? "tsx" : "ts"}`;
  const writeConfig = (): void => {
    files.set(config, JSON.stringify({ compilerOptions, files: roots }));
  };
  const grow = (): void => {
    for (const end = slots + SLOTS_AT_A_TIME; slots < end; slots++) add(slotFile(slots, false));
    writeConfig();
  };

  add(scratch(false));
  add(scratch(true));
  const scratchImports = add(join(folder, ".imports.ts"));
  const otherImports = add(join(folder, ".other-imports.ts"));
  grow();

  return {
    config,
    files,
    slotFile,
    hasVirtualModules: () => modules.size > 0,
    defineModule(file) {
      if (modules.has(file)) return false;
      modules.add(file);
      add(file);
      writeConfig();
      return true;
    },
    scratch,
    scratchImports,
    otherImports,
    configure(options) {
      compilerOptions = options;
      writeConfig();
    },
    slot(number, tsx, onGrown) {
      const file = slotFile(number, tsx);
      if (files.has(file)) return file;
      while (slots <= number) grow();
      if (tsx) {
        add(file);
        writeConfig();
      }
      onGrown();
      return file;
    },
  };
}
