import type { API, Diagnostic, Project, Snapshot } from "typescript/unstable/sync";
import { residentBytes } from "../../resident-bytes.js";
import { CheckerCrashed, CheckerGone, CheckerStopped } from "../checker.js";
import type { CompilerGuard } from "../compiler-guard.js";
import { EMPTY_SLOT, type VirtualProject } from "../virtual-project.js";
import { configErrors } from "./config-errors.js";
import { startApi } from "./start-api.js";

type FileChanges = NonNullable<NonNullable<Parameters<API["updateSnapshot"]>[0]>["fileChanges"]>;

/** The native compiler with our project open: started again when it has died, with the virtual files as its whole state. */
export interface NativeProcess {
  /** Asks something of the project as it stands; after a restart once more. */
  ask<T>(question: (project: Project) => T): T;
  /** Sets a file's text. The compiler replaces one file at a time in place; two would cost a rebuild. */
  write(file: string, text: string): void;
  update(changes: FileChanges): void;
  /** Starts the process anew, for a project whose files have to be found in another way. */
  restart(): void;
  /** Reads a tsconfig.json with what it extends: compiler options. Needs no project. */
  parseConfig(file: string): Readonly<Record<string, unknown>>;
  /** What is wrong in it and in those it extends. */
  configErrors(file: string): readonly Diagnostic[];
  memory(): number;
  close(): void;
}

/** Deaths one after the other, without an answer in between, after which the question is given up. */
const MAX_DEATHS = 3;

export function startNativeProcess(
  folder: string,
  { files, config, hasVirtualModules }: VirtualProject,
  guard: CompilerGuard,
): NativeProcess {
  const start = () => {
    const started = startApi(folder, {
      readFile: (file) => files.get(file),
      // Imports of virtual files are found only so; it is slow, and few notebooks need it.
      ...(hasVirtualModules() && { fileExists: (file: string) => files.has(file) || undefined }),
    });
    guard.started(started.child.pid as number);
    return started;
  };
  let native = start();
  let snapshot: Snapshot | undefined;
  let project: Project | undefined;

  const take = (next: Snapshot): void => {
    if (snapshot && snapshot !== next) snapshot.dispose();
    snapshot = next;
    project = undefined;
  };
  const open = (): void => {
    if (!snapshot) take(native.api.updateSnapshot({ openProjects: [config] }));
  };
  const update = (fileChanges: FileChanges): void => take(native.api.updateSnapshot({ fileChanges }));
  const current = (): Project => {
    project ??= snapshot?.getProject(config);
    if (!project) throw new Error("The compiler has not opened the project.");
    return project;
  };

  const isAlive = (): boolean => {
    try {
      native.api.updateSnapshot({}).dispose();
      return true;
    } catch {
      return false;
    }
  };
  const restart = (): void => {
    try {
      native.api.close();
    } catch {
      // It is gone; there was nothing left to close.
    }
    snapshot = undefined;
    try {
      native = start();
    } catch (cause) {
      throw new CheckerGone("The native compiler cannot be started again.", { cause });
    }
  };

  /** The file that was written last, as long as nothing was answered about it. */
  let suspect: string | undefined;

  /** Goes on without the file that was written last: it may be what the compiler dies of. */
  const giveUp = (cause: unknown): Error => {
    const file = suspect;
    suspect = undefined;
    if (file !== undefined) {
      files.set(file, EMPTY_SLOT);
      restart();
      try {
        open();
        current();
        return new CheckerCrashed("The native compiler dies of a file.", { cause });
      } catch {
        // It dies without the file too.
      }
    }
    return new CheckerGone("The native compiler dies again and again.", { cause });
  };

  /** Does what may find the compiler dead: it must be such that it can be done twice. */
  const attempt = <T>(work: () => T): T => {
    guard.begin();
    try {
      for (let deaths = 0; ; ) {
        try {
          open();
          return work();
        } catch (error) {
          if (isAlive()) throw error;
          if (guard.wasStopped()) {
            restart();
            throw new CheckerStopped("The type checker was stopped.", { cause: error });
          }
          if (++deaths > MAX_DEATHS) throw giveUp(error);
          restart();
        }
      }
    } finally {
      guard.end();
    }
  };

  return {
    ask(question) {
      const answer = attempt(() => question(current()));
      suspect = undefined;
      return answer;
    },
    write(file, text) {
      suspect = file;
      if (files.get(file) === text) return;
      files.set(file, text);
      attempt(() => update({ changed: [file] }));
    },
    restart,
    update: (changes) => attempt(() => update(changes)),
    parseConfig: (file) => native.api.parseConfigFile(file).options,
    configErrors: (file) => configErrors(native.api, files, file),
    memory: () => residentBytes(native.child.pid),
    close: () => native.api.close(),
  };
}
