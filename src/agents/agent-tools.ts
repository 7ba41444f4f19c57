import { z } from "zod";
import { createSdkMcpServer, type SdkMcpServer } from "../tools/create-sdk-mcp-server.js";
import { tool } from "../tools/tool.js";
import type { SharedContext } from "./shared-context.js";

/** The part of a system that agents reach. */
interface Surroundings {
  readonly agents: readonly {
    readonly name: string;
    readonly description: string;
    readonly capabilities: readonly string[];
  }[];
  readonly context: SharedContext;
  send(from: string, to: string, text: string): void;
}

/** The name of the server of {@link agentTools}. */
export const TALK_SERVER = "agents";

/** Messages that an agent may send in one run: two that answer one another come to an end. */
const MAX_MESSAGES = 20;

/** Tools with which an agent finds the others, writes to them, and reads and writes what all know. */
export function agentTools(system: Surroundings, agent: string): SdkMcpServer {
  let sent = 0;
  const name = z.string().min(1).max(100);
  return createSdkMcpServer({
    name: TALK_SERVER,
    tools: [
      tool("list_agents", "Lists the agents and what they can do", {}, () =>
        system.agents
          .map((each) => `${each.name}: ${each.description} (${each.capabilities.join(", ")})`)
          .join("\n"),
      ),
      tool(
        "send_message",
        "Leaves another agent a message",
        { to: name, text: z.string() },
        ({ to, text }) => {
          if (++sent > MAX_MESSAGES) throw new Error(`An agent may send ${MAX_MESSAGES} messages.`);
          system.send(agent, to, text);
          return `Left for ${to}.`;
        },
      ),
      tool("read_context", "Reads what all agents know, by name", { name }, (input) => {
        const text = system.context.get(input.name);
        return (
          text ?? `There is nothing of that name. There are: ${system.context.names.join(", ") || "none"}.`
        );
      }),
      tool("write_context", "Lets all agents know something", { name, text: z.string() }, (input) => {
        system.context.set(input.name, input.text);
        return "Written.";
      }),
    ],
  });
}
