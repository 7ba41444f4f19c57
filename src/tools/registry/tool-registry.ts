import { inspect } from "node:util";
import { z } from "zod";
import { nearestName } from "../../options/nearest-name.js";
import { raceAbort } from "../../process/race-abort.js";
import { showAs } from "../../shown-as.js";
import { createSdkMcpServer, type SdkMcpServer } from "../create-sdk-mcp-server.js";
import { tool as sdkTool, type ToolShape } from "../tool.js";
import { findTools, type ToolQuery } from "./find-tools.js";
import { runTool } from "./run-tool.js";
import {
  type ExecuteOptions,
  noUsage,
  type ToolDefinition,
  type ToolInfo,
  type ToolOrigin,
  type ToolPermission,
  type ToolRun,
  type ToolUsage,
} from "./tool-definition.js";
import { ToolError, type ToolFailure } from "./tool-error.js";
import { createToolStore, type StoredTool, type ToolStore } from "./tool-store.js";
import { compareVersions } from "./tool-versions.js";

/** Where a registry keeps what it knows, and who decides about calls. */
export interface ToolRegistryOptions {
  /** Where settings, usage and proposals are kept. @defaultValue nowhere: they last as long as the registry */
  readonly folder?: string | undefined;
  /** Decides about calls of tools whose permission is `ask`; without it they are refused. */
  readonly onAsk?: ((tool: ToolInfo, input: unknown) => Promise<boolean> | boolean) | undefined;
}

/** A tool in a registry, with its types. */
export interface RegisteredTool<Input, Output> {
  readonly name: string;
  readonly version: string;
  readonly info: ToolInfo;
  /** @throws ToolError */
  execute(input: Input, options?: Omit<ExecuteOptions, "version">): Promise<ToolRun<Output>>;
}

interface Entry {
  readonly definition: ToolDefinition;
  readonly origin: ToolOrigin;
  readonly version: string;
  enabled: boolean;
  permission: ToolPermission;
  usage: ToolUsage;
}

/** Which figure counts a failure; all others count as failures. */
const countedAs: Partial<Record<ToolFailure, keyof ToolUsage>> = {
  denied: "denied",
  disabled: "denied",
  invalid_input: "invalid",
  invalid_output: "invalid",
  timeout: "timeouts",
};

/**
 * Tools by name and version: created from functions, files, OpenAPI operations and MCP servers, found, run, and offered to
 * Claude as an MCP server of this process.
 *
 * @example
 *     const tools = new ToolRegistry();
 *     const add = tools.create({ name: "add", description: "Adds", input: { a: z.number(), b: z.number() }, handler: ({ a, b }) => a + b });
 *     const { output } = await add.execute({ a: 2, b: 3 });
 */
export class ToolRegistry {
  readonly #entries = new Map<string, Entry[]>();
  readonly #store: ToolStore;
  readonly #onAsk: ToolRegistryOptions["onAsk"];
  readonly #closers: (() => Promise<void>)[] = [];

  constructor({ folder, onAsk }: ToolRegistryOptions = {}) {
    this.#store = createToolStore(folder);
    this.#onAsk = onAsk;
  }

  /**
   * Adds a tool. What is stored of it (whether it is enabled, its permission, its usage) holds again.
   *
   * @throws ToolError `bad_definition`; `duplicate` when there is one of this name and version.
   */
  create<const Shape extends ToolShape, Output>(
    definition: ToolDefinition<Shape, Output>,
    origin: ToolOrigin = { type: "function" },
  ): RegisteredTool<z.input<z.ZodObject<Shape>>, Output> {
    checkDefinition(definition as never);
    const { name, version = "1.0.0" } = definition;
    const versions = this.#entries.get(name) ?? [];
    if (versions.some((entry) => entry.version === version)) {
      throw new ToolError("duplicate", name, `There is a tool ${name} of version ${version} already.`, {
        hints: ["Give the new one a higher `version`, or remove the old one."],
      });
    }
    const stored: Partial<StoredTool> = this.#store.read(name, version) ?? {};
    const entry: Entry = {
      definition: definition as unknown as ToolDefinition,
      origin,
      version,
      enabled: stored.enabled ?? true,
      permission: stored.permission ?? definition.permission ?? "allow",
      usage: stored.usage ?? noUsage,
    };
    const sorted = [...versions, entry].sort((a, b) => compareVersions(b.version, a.version));
    this.#entries.set(name, sorted);
    return {
      name,
      version,
      get info() {
        return infoOf(entry);
      },
      execute: (input, options) =>
        this.execute(name, input, { ...options, version }) as Promise<ToolRun<Output>>,
    };
  }

  /** All tools, or those that fit; the best first. Only the latest version of each, unless `allVersions`. */
  discover(query: ToolQuery | string = {}): readonly ToolInfo[] {
    const asked = typeof query === "string" ? { text: query } : query;
    const entries = [...this.#entries.values()].flatMap((versions) =>
      asked.allVersions ? versions : versions.slice(0, 1),
    );
    const found = findTools(
      entries.map((entry) => ({ info: infoOf(entry), input: entry.definition.input })),
      asked,
    );
    return showAs(found as ToolInfo[], "tools");
  }

  /** A tool. @throws ToolError `unknown_tool` */
  get(name: string, version?: string): ToolInfo {
    return infoOf(this.#find(name, version));
  }

  /**
   * Runs a tool.
   *
   * @throws ToolError: `unknown_tool`, `disabled`, `denied`, `invalid_input`, `invalid_output`, `timeout`, `aborted`, `failed`.
   */
  async execute(name: string, input: unknown, options: ExecuteOptions = {}): Promise<ToolRun> {
    const entry = this.#find(name, options.version);
    const startedAt = performance.now();
    let failure: ToolFailure | undefined;
    try {
      await this.#requirePermission(entry, input, options.signal);
      const output = await runTool(entry.definition, input, options);
      return { tool: name, version: entry.version, output, durationMs: performance.now() - startedAt };
    } catch (error) {
      failure = ToolError.isInstance(error) ? error.reason : "failed";
      throw error;
    } finally {
      this.#note(entry, failure, performance.now() - startedAt);
    }
  }

  /** Lets a tool be used (again). Of all versions, unless one is named. */
  enable(name: string, version?: string): void {
    this.#change(name, version, (entry) => {
      entry.enabled = true;
    });
  }

  /** Keeps a tool from being used; it stays known. */
  disable(name: string, version?: string): void {
    this.#change(name, version, (entry) => {
      entry.enabled = false;
    });
  }

  setPermission(name: string, permission: ToolPermission, version?: string): void {
    this.#change(name, version, (entry) => {
      entry.permission = permission;
    });
  }

  /** Takes a tool out; what is stored of it stays, for when it is created again. */
  remove(name: string, version?: string): void {
    this.#find(name, version);
    const left = (this.#entries.get(name) ?? []).filter(
      (entry) => version !== undefined && entry.version !== version,
    );
    if (left.length > 0) this.#entries.set(name, left);
    else this.#entries.delete(name);
  }

  /** How a tool was used, over all its versions. */
  usage(name: string): ToolUsage {
    this.#find(name);
    return (this.#entries.get(name) ?? []).map(({ usage }) => usage).reduce(addUsage, noUsage);
  }

  /**
   * Tools as an MCP server of this process, for the option `mcpServers`; Claude knows them as `mcp__NAME__TOOL`. Which tools
   * it has is decided here; whether one may run, at each call.
   *
   * @param query which; all that are enabled by default.
   */
  toMcpServer(name: string, query: ToolQuery | string = {}): SdkMcpServer {
    const tools = this.discover(query).filter(({ enabled, permission }) => enabled && permission !== "deny");
    return createSdkMcpServer({
      name,
      tools: tools.map((info) => {
        const { input } = this.#find(info.name, info.version).definition;
        return sdkTool(info.name, info.description, input, async (given, { signal }) => {
          const { output } = await this.execute(info.name, given, { version: info.version, signal });
          return typeof output === "string" ? output : (JSON.stringify(output, undefined, 2) ?? "");
        });
      }),
    });
  }

  /** The same for the option `offeredTools` of ClaudeWebSocketServer. */
  offer(name: string, query: ToolQuery | string = {}) {
    const server = this.toMcpServer(name, query);
    const tools = this.discover(query).filter(({ enabled, permission }) => enabled && permission !== "deny");
    return { list: () => tools, server };
  }

  /** @internal Ended with the registry: connections to MCP servers. */
  onClose(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** @internal Where proposals are kept. */
  get store(): ToolStore {
    return this.#store;
  }

  /** Stores what is not stored yet, and ends connections. */
  async close(): Promise<void> {
    await Promise.all(this.#closers.splice(0).map((close) => close()));
    await this.#store.flush();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #find(name: string, version?: string): Entry {
    const versions = this.#entries.get(name);
    const entry = version
      ? versions?.find((each) => each.version === version)
      : (versions?.find(({ enabled }) => enabled) ?? versions?.[0]);
    if (entry) return entry;
    const near = versions ? undefined : nearestName(name, this.#entries.keys());
    const what = versions ? `version ${version} of the tool ${name}` : `tool ${inspect(name)}`;
    throw new ToolError("unknown_tool", name, `There is no ${what}.${near ? ` Did you mean ${near}?` : ""}`);
  }

  async #requirePermission(entry: Entry, input: unknown, signal: AbortSignal | undefined): Promise<void> {
    const { name } = entry.definition;
    if (!entry.enabled) throw new ToolError("disabled", name, `The tool ${name} is disabled.`);
    if (entry.permission === "allow") return;
    if (entry.permission === "ask" && (await this.#ask(entry, input, signal))) return;
    const hints = entry.permission === "ask" && !this.#onAsk ? ["Give the registry an `onAsk`."] : [];
    throw new ToolError("denied", name, `The tool ${name} may not run.`, { hints });
  }

  /** @throws ToolError `aborted`: whoever is asked may never answer. */
  async #ask(entry: Entry, input: unknown, signal: AbortSignal | undefined): Promise<boolean> {
    const ask = async (): Promise<boolean> => (await this.#onAsk?.(infoOf(entry), input)) === true;
    if (!signal) return ask();
    try {
      signal.throwIfAborted();
      return await raceAbort(ask(), signal);
    } catch (cause) {
      const { name } = entry.definition;
      throw signal.aborted
        ? new ToolError("aborted", name, `The call of ${name} was aborted.`, { cause })
        : cause;
    }
  }

  #change(name: string, version: string | undefined, change: (entry: Entry) => void): void {
    this.#find(name, version);
    for (const entry of this.#entries.get(name) ?? []) {
      if (version !== undefined && entry.version !== version) continue;
      change(entry);
      this.#keep(entry);
    }
  }

  #note(entry: Entry, failure: ToolFailure | undefined, ms: number): void {
    const counter = failure && (countedAs[failure] ?? "failures");
    const one = { ...noUsage, calls: 1, totalMs: ms, ...(counter && { [counter]: 1 }) };
    entry.usage = { ...addUsage(entry.usage, one), lastUsed: new Date().toISOString() };
    this.#keep(entry);
  }

  #keep({ definition, version, enabled, permission, usage }: Entry): void {
    this.#store.write(definition.name, version, { enabled, permission, usage });
  }
}

function addUsage(a: ToolUsage, b: ToolUsage): ToolUsage {
  const lastUsed = [a.lastUsed, b.lastUsed]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  return {
    calls: a.calls + b.calls,
    failures: a.failures + b.failures,
    timeouts: a.timeouts + b.timeouts,
    invalid: a.invalid + b.invalid,
    denied: a.denied + b.denied,
    totalMs: a.totalMs + b.totalMs,
    lastUsed,
  };
}

function infoOf({ definition, version, enabled, permission, origin, usage }: Entry): ToolInfo {
  const { name, description, tags = [], input, output } = definition;
  const schema = (type: z.ZodType, io: "input" | "output") =>
    z.toJSONSchema(type, { io, unrepresentable: "any" });
  return {
    name,
    version,
    description,
    tags,
    enabled,
    permission,
    origin,
    inputSchema: schema(z.strictObject(input), "input"),
    ...(output && { outputSchema: schema(output, "output") }),
    usage,
  };
}

function checkDefinition({ name, description, version, input, handler }: ToolDefinition): void {
  const problem =
    typeof name !== "string" || !/^[\w-]{1,64}$/.test(name)
      ? "its name must be letters, digits, _ and -, 64 at most"
      : typeof description !== "string" || description.trim() === ""
        ? "it needs a description, by which Claude chooses it"
        : version !== undefined && !/^\d+\.\d+\.\d+$/.test(version)
          ? `its version must be three numbers such as 1.2.0, not ${inspect(version)}`
          : typeof input !== "object" ||
              input === null ||
              !Object.values(input).every((type) => type instanceof z.ZodType)
            ? "its input must have a zod type for each parameter"
            : typeof handler !== "function"
              ? "its handler must be a function"
              : undefined;
  if (problem)
    throw new ToolError(
      "bad_definition",
      String(name),
      `The tool ${inspect(name)} cannot be created: ${problem}.`,
    );
}
