import { readFile } from "node:fs/promises";
import { describeSystemError } from "../../../src/system-error.js";
import type { ExecuteOptions } from "../../notebook/execute-notebook.js";
import { parseServerAddress, type ServerAddress } from "../../remote/server-address.js";
import type { Arguments, Option } from "../command.js";
import type { Interruptible } from "../run-with-progress.js";
import { UsageError } from "../usage-error.js";
import { TOKEN_VARIABLE } from "./server-token.js";

/** The options of the commands that can run cells elsewhere. */
export const serverOptions: Readonly<Record<string, Option>> = {
  "server-url": {
    type: "string",
    value: "URL",
    help: "Run on a Jupyter server or gateway; several share the notebooks",
  },
  "token-file": { type: "string", value: "FILE", help: "File with the server's token, or a line for each" },
  token: { type: "string", value: "TOKEN", help: "The token itself, for all to see: prefer JUPYTER_TOKEN" },
  kernel: { type: "string", value: "NAME", help: "Name of our kernel there (default: it is found)" },
  retries: {
    type: "string",
    value: "N",
    help: "Begin a notebook again when its server is lost (default: 2)",
  },
  reconnect: {
    type: "string",
    value: "SECONDS",
    help: "Wait so long for a server that is gone (default: 60)",
  },
};

/** Where Jupyter's own programs look for a token. */
const JUPYTER_TOKEN_VARIABLE = "JUPYTER_TOKEN";

/** How often a notebook begins again unless the user says. */
const DEFAULT_RETRIES = 2;

/** What a run gets from the servers. */
export type ServedOptions = Pick<ExecuteOptions, "kernelSource" | "retries">;

/**
 * Does something with the kernels of the servers that the command line names; with those of this machine when it names none.
 * Whatever was started there is ended afterwards.
 * @throws UsageError for options that do not fit; HostError for servers that cannot be used.
 */
export async function withServers<T>(
  args: Arguments,
  command: string,
  { signal, onKernelOutput: onNote }: Interruptible,
  run: (options: ServedOptions) => Promise<T>,
): Promise<T> {
  const urls = args.list("server-url");
  if (urls.length === 0) {
    const lonely = Object.keys(serverOptions).find(args.isSet);
    if (lonely !== undefined) throw new UsageError(`--${lonely} needs a --server-url.`, command);
    return run({});
  }
  const retries = numberOf(args, "retries", command, DEFAULT_RETRIES);
  const seconds = numberOf(args, "reconnect", command);
  const addresses = await addressesOf(args, urls, command);
  const { openServerPool } = await import("../../remote/server-pool.js");
  const pool = await openServerPool(addresses, {
    kernelName: args.text("kernel"),
    reconnectMs: seconds === undefined ? undefined : seconds * 1000,
    onNote,
    signal,
  });
  try {
    return await run({ kernelSource: pool, retries });
  } finally {
    await pool.close();
  }
}

async function addressesOf(
  args: Arguments,
  urls: readonly string[],
  command: string,
): Promise<ServerAddress[]> {
  const tokens = await tokensOf(args, command);
  if (tokens.length > 1 && tokens.length !== urls.length) {
    throw new UsageError(
      `There are ${tokens.length} tokens for ${urls.length} servers: give one for all, or one for each.`,
      command,
    );
  }
  return urls.map((url, index) => parseServerAddress(url, tokens[index] ?? tokens[0]));
}

async function tokensOf(args: Arguments, command: string): Promise<readonly string[]> {
  const given = args.list("token");
  const file = args.text("token-file");
  if (file !== undefined && given.length > 0)
    throw new UsageError("Give --token or --token-file, not both.", command);
  if (file !== undefined) {
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      throw new UsageError(`The token file ${file} cannot be read: ${describeSystemError(error)}.`, command);
    });
    return text.split(/\s+/).filter((line) => line !== "");
  }
  if (given.length > 0) return given;
  const inherited = process.env[TOKEN_VARIABLE] || process.env[JUPYTER_TOKEN_VARIABLE];
  return inherited === undefined || inherited === "" ? [] : [inherited];
}

function numberOf(args: Arguments, option: string, command: string): number | undefined;
function numberOf(args: Arguments, option: string, command: string, otherwise: number): number;
function numberOf(args: Arguments, option: string, command: string, otherwise?: number): number | undefined {
  const text = args.text(option);
  if (text === undefined) return otherwise;
  if (!/^\d{1,5}$/.test(text))
    throw new UsageError(`--${option} takes a whole number, not ${JSON.stringify(text)}.`, command);
  return Number(text);
}
