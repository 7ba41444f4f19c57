import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { writeFileAtomically } from "../../storage/write-file-atomically.js";
import { createSdkMcpServer, type SdkMcpServer } from "../create-sdk-mcp-server.js";
import { tool } from "../tool.js";
import { shapeOfJsonSchema } from "./json-schema-shape.js";
import { ToolError } from "./tool-error.js";
import type { ToolRegistry } from "./tool-registry.js";

/** Characters of a proposed tool's code. */
const MAX_CODE = 65_536;

const proposal = z.object({
  name: z.string().regex(/^[\w-]{1,64}$/),
  description: z.string().min(1).max(4_000),
  /** Why Claude wants it. */
  reason: z.string().max(4_000),
  inputSchema: z.record(z.string(), z.unknown()),
  /** A module: `export default async function (input, { signal }) { … }`. */
  code: z.string().min(1).max(MAX_CODE),
});

/** A tool that Claude has written and nobody has accepted: text, which nothing runs. */
export interface ToolProposal extends z.output<typeof proposal> {
  /** The beginning of the hash of what is proposed: what a person has read is what is accepted. */
  readonly id: string;
}

/** Tools that Claude proposes. */
export interface ToolProposals {
  list(): readonly ToolProposal[];
  /** Stores a proposal, without looking at its code. @throws ToolError `bad_definition` */
  propose(given: unknown): Promise<ToolProposal>;
  /**
   * Makes a proposal a tool. Call it for a person who has read the code: from here on it runs, in this process, with all
   * that this process may do. Each call of it is asked about (`onAsk`) until its permission is set to `allow`.
   *
   * @throws ToolError `unknown_proposal`; `changed_proposal` when the file is not what it was; `bad_definition`, `duplicate`.
   */
  accept(id: string): Promise<string>;
  /** Deletes a proposal, in whatever state it is. @throws ToolError `unknown_proposal` */
  reject(id: string): void;
  /** Adds the tools that were accepted before; one that cannot be added is a warning. @returns the names of the others. */
  load(): Promise<readonly string[]>;
  /** An MCP server with one tool, `propose_tool`. */
  toMcpServer(name: string): SdkMcpServer;
}

/**
 * Lets Claude propose tools of its own, which wait until somebody has read and accepted them.
 *
 * @param folder where proposals and accepted tools are kept.
 */
export function createToolProposals(registry: ToolRegistry, folder: string): ToolProposals {
  const [waiting, accepted] = [join(folder, "proposals"), join(folder, "accepted")];
  for (const each of [waiting, accepted]) mkdirSync(each, { recursive: true, mode: 0o700 });

  const pathOf = (place: string, id: string): string => {
    const path = join(place, `${id}.json`);
    if (/^[\da-f]{16}$/.test(id) && existsSync(path)) return path;
    throw new ToolError("unknown_proposal", id, `There is no proposal ${JSON.stringify(id)}.`);
  };
  const read = (place: string, id: string): ToolProposal => {
    const path = pathOf(place, id);
    const content = parseProposal(readFileSync(path, "utf8"), id);
    if (idOf(content) === id) return { ...content, id };
    throw new ToolError("changed_proposal", id, `The proposal ${id} was changed after it was stored.`, {
      hints: ["Reject it, and have it proposed again."],
    });
  };
  const all = (place: string): ToolProposal[] =>
    readdirSync(place).flatMap((file) => {
      try {
        return [read(place, file.replace(/\.json$/, ""))];
      } catch {
        // Half a file, or one of another kind; accepting it would say so.
        return [];
      }
    });

  async function register(found: ToolProposal): Promise<string> {
    const path = join(accepted, `${found.id}.mjs`);
    await writeFileAtomically(path, found.code, { mode: 0o600 });
    const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
    const { name, description } = found;
    const input = shapeOfJsonSchema(found.inputSchema, name);
    const handler = module.default as never;
    return registry.create(
      { name, description, tags: ["proposed"], permission: "ask", input, handler },
      { type: "proposal", id: found.id },
    ).name;
  }

  const proposals: ToolProposals = {
    list: () => all(waiting),
    async propose(given) {
      const checked = proposal.safeParse(given);
      if (!checked.success) {
        const problem = z.prettifyError(checked.error);
        throw new ToolError("bad_definition", "propose_tool", `The proposal cannot be stored: ${problem}`);
      }
      const id = idOf(checked.data);
      await writeFileAtomically(join(waiting, `${id}.json`), JSON.stringify(checked.data, undefined, 2), {
        mode: 0o600,
      });
      return { ...checked.data, id };
    },
    async accept(id) {
      const found = read(waiting, id);
      const name = await register(found);
      await writeFileAtomically(join(accepted, `${id}.json`), readFileSync(join(waiting, `${id}.json`)), {
        mode: 0o600,
      });
      rmSync(join(waiting, `${id}.json`), { force: true });
      return name;
    },
    reject(id) {
      // Also one that was changed, or cannot be read.
      rmSync(pathOf(waiting, id), { force: true });
    },
    async load() {
      const names: string[] = [];
      for (const found of all(accepted)) {
        try {
          names.push(await register(found));
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          process.emitWarning(`The accepted tool ${found.name} was not added: ${why}`, "ToolProposalWarning");
        }
      }
      return names;
    },
    toMcpServer: (name) => createSdkMcpServer({ name, tools: [proposeTool(proposals)] }),
  };
  return proposals;
}

function proposeTool(proposals: ToolProposals) {
  const input = {
    name: z.string().describe("Letters, digits, _ and -"),
    description: z.string(),
    reason: z.string().describe("Why it is needed"),
    inputSchema: z.record(z.string(), z.unknown()).describe("A JSON Schema of an object"),
    code: z.string().describe("A JavaScript module: export default async function (input, { signal }) { … }"),
  };
  const description =
    "Proposes a new tool. It is stored for a person to read; it cannot be used before they accept it.";
  return tool("propose_tool", description, input, async (given) => {
    const { id, name } = await proposals.propose(given);
    return `Stored as proposal ${id}. The tool ${name} does not exist until a person accepts it.`;
  });
}

function parseProposal(text: string, id: string): z.output<typeof proposal> {
  try {
    return proposal.parse(JSON.parse(text));
  } catch (cause) {
    throw new ToolError("changed_proposal", id, `The proposal ${id} cannot be read.`, { cause });
  }
}

function idOf(content: z.output<typeof proposal>): string {
  const { name, description, reason, inputSchema, code } = content;
  const text = JSON.stringify([name, description, reason, inputSchema, code]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
