import { dirname, relative, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HostError } from "../host-error.js";
import type { KernelSource, OpenKernel } from "../notebook/kernel-source.js";
import { orAborted } from "../notebook/or-aborted.js";
import { findKernelSpec } from "./find-kernel-spec.js";
import { createRemoteServer, type RemoteServer } from "./remote-server.js";
import type { ServerAddress } from "./server-address.js";

/** How kernels are taken from servers. */
export interface ServerPoolOptions {
  /** The kernel's name on the servers. @defaultValue ours, by whatever name it goes */
  readonly kernelName?: string | undefined;
  /** The folder that stands for the servers' own: a notebook in `ROOT/a` runs in their `a`. @defaultValue the working folder */
  readonly rootDir?: string | undefined;
  /** How long a server that went away may take to come back, in ms. @defaultValue {@link RECONNECT_MS} */
  readonly reconnectMs?: number | undefined;
  /** Told what is no error and yet worth knowing, a sentence each. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Ends the wait for servers that do not answer; the pool then opens no kernels. */
  readonly signal?: AbortSignal | undefined;
}

/** Kernels of one or more Jupyter servers. */
export interface ServerPool extends KernelSource {
  /** Ends what kernels of ours are left; those that it cannot reach it names in a note. */
  close(): Promise<void>;
}

/** How long to wait for a server that went away, in ms: `@jupyterlab/services` tries again after 10 to 30 s. */
export const RECONNECT_MS = 60_000;

/** How often to look again whether there is a place for a kernel, in ms. */
const RETRY_MS = 1_000;

/** A server that was not there is left alone for so long, in ms, while others are. */
const AVOID_MS = 10_000;

/** Errors that may pass: another server, or this one later, may do. */
const PASSING: readonly unknown[] = ["server-unreachable", "server-full"];

/** A server in the pool. */
interface Member {
  readonly server: RemoteServer;
  kernelName: string | undefined;
  /** Our kernels on it, those that start among them. */
  kernels: number;
  /** Since when it has no kernels for us, and why; undefined while it has. */
  failure: { readonly at: number; readonly error: HostError } | undefined;
}

/**
 * Takes kernels from Jupyter servers: each from the one that has the fewest of ours, and none from those that went away,
 * until they are back.
 * @throws HostError when a server refuses, is no Jupyter server or does not have the kernel, and when none can be reached.
 */
export async function openServerPool(
  addresses: readonly ServerAddress[],
  {
    kernelName,
    rootDir = ".",
    reconnectMs = RECONNECT_MS,
    onNote = () => {},
    signal,
  }: ServerPoolOptions = {},
): Promise<ServerPool> {
  const members: readonly Member[] = addresses.map((address) => ({
    server: createRemoteServer(address),
    kernelName: undefined,
    kernels: 0,
    failure: undefined,
  }));
  /** Kernels that are still to be ended: their server could not be reached, or they were no longer wanted when they came. */
  const leftovers = new Map<string, RemoteServer>();
  const pending = new Set<Promise<unknown>>();

  const start = async (member: Member, path: string): Promise<string> => {
    member.kernels++;
    try {
      member.kernelName ??= findKernelSpec(
        await member.server.kernelSpecs(),
        member.server.baseUrl,
        kernelName,
      );
      const id = await member.server.startKernel(member.kernelName, path);
      member.failure = undefined;
      return id;
    } catch (error) {
      member.kernels--;
      if (HostError.isInstance(error) && PASSING.includes(error.code))
        member.failure = { at: Date.now(), error };
      throw error;
    }
  };

  const end = async (member: Member, id: string): Promise<void> => {
    member.kernels--;
    try {
      await member.server.endKernel(id);
    } catch (error) {
      leftovers.set(id, member.server);
      if (HostError.isInstance(error)) member.failure = { at: Date.now(), error };
    }
  };

  const toOpenKernel = (member: Member, id: string): OpenKernel => ({
    baseUrl: member.server.baseUrl,
    token: member.server.token,
    kernel: { id, name: member.kernelName ?? "" },
    reconnectMs,
    close: () => end(member, id),
  });

  /** A kernel of the first server that gives one; undefined when none has any now. */
  const tryServers = async (path: string): Promise<OpenKernel | undefined> => {
    for (const member of inOrder(members)) {
      try {
        return toOpenKernel(member, await start(member, path));
      } catch (error) {
        if (!(HostError.isInstance(error) && PASSING.includes(error.code))) throw error;
      }
    }
    return undefined;
  };

  const waitForKernel = async (
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<OpenKernel | undefined> => {
    const startedAt = Date.now();
    while (!signal?.aborted) {
      const kernel = await tryServers(path);
      if (kernel !== undefined) return kernel;
      // A full server has room again when one of our own notebooks ends.
      const isOurTurnLater = members.some(
        ({ kernels, failure }) => kernels > 0 && failure?.error.code === "server-full",
      );
      if (!isOurTurnLater && Date.now() - startedAt > reconnectMs) throw noServer(members);
      await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
    }
    return undefined;
  };

  await Promise.all(
    members.map(async (member) => {
      try {
        member.kernelName = findKernelSpec(
          await member.server.kernelSpecs(signal),
          member.server.baseUrl,
          kernelName,
        );
      } catch (error) {
        if (signal?.aborted) return;
        if (!HostError.isInstance(error) || error.code !== "server-unreachable") throw error;
        member.failure = { at: Date.now(), error };
      }
    }),
  );
  const missing = members.filter(({ failure }) => failure !== undefined);
  if (missing.length === members.length) throw noServer(members);
  for (const { failure } of missing) onNote(`${failure!.error.message} The others are used meanwhile.`);

  return {
    open: async ({ notebookPath, signal: ending }) => {
      if (signal?.aborted) return undefined;
      const path = serverPath(rootDir, notebookPath);
      const opening = waitForKernel(path, ending);
      const kernel = await orAborted(opening, ending);
      if (kernel !== undefined || !ending?.aborted) return kernel;
      // It may still come; then it is ended.
      const ended = opening.then((late) => late?.close()).catch(() => {});
      pending.add(ended);
      return undefined;
    },
    close: async () => {
      await Promise.all(pending);
      for (const [id, server] of leftovers) {
        await server.endKernel(id).catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          onNote(`The kernel ${id} may still run: ${reason}`);
        });
      }
      leftovers.clear();
    },
  };
}

/** Servers that are there before those that may be back; of these, first who has the fewest kernels of ours. */
function inOrder(members: readonly Member[]): Member[] {
  const now = Date.now();
  const isAvoided = ({ failure }: Member): boolean => failure !== undefined && now - failure.at < AVOID_MS;
  const present = members.filter((member) => !isAvoided(member));
  return (present.length > 0 ? present : [...members]).sort(
    (a, b) => Number(a.failure !== undefined) - Number(b.failure !== undefined) || a.kernels - b.kernels,
  );
}

/** The folder of the notebook as the server counts: from its own folder, with slashes. */
function serverPath(rootDir: string, notebookPath: string): string {
  const folder = relative(rootDir, dirname(notebookPath)).split(sep).join("/");
  return folder.startsWith("..") || folder.includes(":") ? "" : folder;
}

/** Why there is no kernel: the reason of each server, once. */
function noServer(members: readonly Member[]): HostError {
  const errors = members.flatMap(({ failure }) => (failure === undefined ? [] : [failure.error]));
  const [first] = errors;
  return new HostError(
    first?.code ?? "server-unreachable",
    errors.map(({ message }) => message).join(" ") || "No server has a kernel for us.",
    { hints: [...new Set(errors.flatMap(({ hints }) => hints))], cause: first },
  );
}
