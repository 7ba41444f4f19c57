import { setTimeout as sleep } from "node:timers/promises";
import type { KernelMessage } from "@jupyterlab/services";
import * as z from "zod";
import { HostError } from "../host-error.js";
import { createServerSettings } from "../remote/server-settings.js";
import type { KernelLoss } from "./kernel-loss.js";
import { openLastingConnection } from "./lasting-connection.js";
import { createOpenRequests, type ExecuteReply } from "./open-requests.js";
import { orAborted } from "./or-aborted.js";
import type { OutputMessage } from "./output-collector.js";
import { quietServices } from "./quiet-services.js";

/** A Jupyter server, and the kernel on it that is to be used. */
export interface KernelAddress {
  readonly baseUrl: string;
  readonly token: string;
  readonly kernel: { readonly id: string; readonly name: string };
  /** How long a connection that broke may take to come back, in ms. @defaultValue one minute */
  readonly reconnectMs?: number | undefined;
}

/** An iopub message as the client library gives it. */
export interface IopubMessage extends OutputMessage {
  readonly header: { readonly msg_type: string; readonly date: string };
}

/** A connection to a running kernel, over any Jupyter server. */
export interface KernelSession {
  /** `language_info` of the kernel; undefined when it is not as nbformat has it. */
  readonly languageInfo: { readonly name: string; readonly [field: string]: unknown } | undefined;
  /**
   * Sends a cell. `done` resolves to its reply once all its output has arrived; it stays open when the kernel is lost,
   * which `lost` tells.
   */
  execute(code: string): { readonly id: string; readonly done: Promise<ExecuteReply> };
  /** @throws when the server refuses, or the kernel does not answer. */
  interrupt(): Promise<void>;
  /** Resolves if the kernel dies or cannot be reached any more. */
  readonly lost: Promise<KernelLoss>;
  /** Resolves when the connection breaks the next time, be it that it comes back. */
  nextBreak(): Promise<void>;
  /** Ends the connection, not the kernel. */
  dispose(): void;
}

const languageInfo = z.looseObject({ name: z.string() });

/** How long a kernel that the server calls ready may take to say what it is, in ms: one of many on a loaded machine. */
const INFO_MS = 120_000;

/** How long a connection that broke may take to come back, in ms. */
const RECONNECT_MS = 60_000;

/** How long a reply may be overtaken by that of a later request, in ms: servers hand over at once what they kept. */
const OVERTAKE_MS = 2_000;

/**
 * Connects to a kernel with `@jupyterlab/services`, as JupyterLab does.
 * @param onIopub gets each iopub message in the order of arrival; the kernel is given up when it throws.
 * @returns undefined when `signal` fires first; nothing is then left.
 * @throws HostError `server-unreachable`.
 */
export async function openKernelSession(
  address: KernelAddress,
  onIopub: (message: IopubMessage) => void,
  signal?: AbortSignal | undefined,
): Promise<KernelSession | undefined> {
  const serverSettings = await createServerSettings(address);
  // Here, not at the top: it takes a tenth of a second, and reading or exporting a notebook needs none of it.
  const { KernelAPI, KernelMessage } = await import("@jupyterlab/services");
  const unquiet = quietServices();
  // Asked first: the library goes on trying to connect to what is not there for a minute.
  const impatient = await createServerSettings(address, signal);
  const model = await KernelAPI.getKernelModel(address.kernel.id, impatient).catch((cause: unknown) => {
    unquiet();
    if (signal?.aborted) return "aborted" as const;
    throw unreachable(address, `${cause instanceof Error ? cause.message : cause}.`, cause);
  });
  if (model === "aborted") return undefined;
  if (model === undefined) {
    unquiet();
    throw unreachable(address, `It has no kernel ${address.kernel.id}.`);
  }

  const requests = createOpenRequests();
  let loseReply = (_loss: KernelLoss): void => {};
  const replyLost = new Promise<KernelLoss>((resolve) => {
    loseReply = resolve;
  });
  const connection = await openLastingConnection({
    model: address.kernel,
    serverSettings,
    reconnectMs: address.reconnectMs ?? RECONNECT_MS,
    onMessage: (message) => {
      if (message.channel === "iopub") onIopub(message as IopubMessage);
      requests.take(message);
    },
    onBack: () => void lookForReplies(),
  });
  const lost = Promise.race([connection.lost, replyLost]);

  const send = (
    content: KernelMessage.IExecuteRequestMsg["content"],
  ): ReturnType<KernelSession["execute"]> => {
    const request = KernelMessage.createMessage<KernelMessage.IExecuteRequestMsg>({
      msgType: "execute_request",
      channel: "shell",
      session: connection.clientId,
      content: { allow_stdin: false, user_expressions: {}, ...content },
    });
    const id = request.header.msg_id;
    const done = requests.expect(id);
    connection.send(request);
    return { id, done };
  };

  /**
   * A kernel answers in order. So a request that is sent when the connection is back tells, once it is answered, whether the
   * replies to those before are still to come.
   */
  const lookForReplies = async (): Promise<void> => {
    const before = requests.open();
    if (before.length === 0) return;
    await send({ code: "", silent: true, store_history: false, stop_on_error: false }).done;
    await sleep(OVERTAKE_MS, undefined, { ref: false });
    const message =
      "The connection broke while the cell ran, and what the kernel answered meanwhile is lost.";
    if (before.some((id) => requests.open().includes(id))) loseReply({ of: "server", message, output: "" });
  };

  const dispose = (): void => {
    connection.dispose();
    unquiet();
  };
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, INFO_MS, undefined);
  });
  const answer = Promise.race([connection.info, lost, tooLate]);
  const info = await orAborted(answer, signal).finally(() => clearTimeout(timer));
  if (signal?.aborted) {
    dispose();
    return undefined;
  }
  if (info === undefined || !("language_info" in info)) {
    dispose();
    const late = `The kernel did not answer within ${INFO_MS / 1000} s; a proxy on the way must pass WebSockets.`;
    throw unreachable(address, info?.message ?? late);
  }
  return {
    languageInfo: languageInfo.safeParse(info.language_info).data,
    execute: (code) => send({ code, silent: false, stop_on_error: true, store_history: true }),
    interrupt: connection.interrupt,
    lost,
    nextBreak: connection.nextBreak,
    dispose,
  };
}

function unreachable({ baseUrl }: KernelAddress, reason: string, cause?: unknown): HostError {
  return new HostError("server-unreachable", `No connection to the kernel at ${baseUrl}: ${reason}`, {
    cause,
  });
}
