import type { McpServerConfig } from "../options/types.js";
import { type InProcessServer, isInProcess } from "../tools/mcp-bridge.js";
import type { Fields } from "./control-channel.js";
import type { LiveSession } from "./live-session.js";
import type { McpSetServersResult } from "./session-info.js";

type Named<T> = Readonly<Record<string, T>>;

/** Those of a list of servers that run in this process. */
export function inProcessServers(servers: Named<McpServerConfig>): Named<InProcessServer> {
  const own = Object.entries(servers).flatMap(([name, server]) =>
    isInProcess(server) ? [[name, server] as const] : [],
  );
  return Object.fromEntries(own);
}

/**
 * Puts servers in the place of those that were set before. A server of this process that takes the name of another one is
 * set in two steps: to the CLI both look alike, and it would go on with the tools of the first.
 *
 * @param described all servers, as the CLI is told of them.
 * @param own those of this process.
 */
export async function replaceServers(
  session: LiveSession,
  described: Fields,
  own: Named<InProcessServer>,
): Promise<McpSetServersResult> {
  const { servers } = session;
  const set = async (named: Fields): Promise<McpSetServersResult> =>
    (await session.request("mcp_set_servers", { servers: named })) as unknown as McpSetServersResult;
  const isTaken = (name: string): boolean => {
    const known = Object.hasOwn(own, name) ? servers.get(name) : undefined;
    return known !== undefined && known !== own[name];
  };
  const others = Object.entries(described).filter(([name]) => !isTaken(name));
  const hasTaken = others.length < Object.keys(described).length;
  const first = hasTaken ? await set(Object.fromEntries(others)) : undefined;
  for (const [name, server] of Object.entries(own)) servers.add(name, server);
  const result = await set(described);
  const gone = [...(result.removed ?? []), ...Object.keys(described)].filter(
    (name) => !Object.hasOwn(own, name),
  );
  await Promise.all(gone.map((name) => servers.remove(name)));
  if (!first) return result;
  return {
    ...result,
    added: [...(first.added ?? []), ...(result.added ?? [])],
    removed: [...(first.removed ?? []), ...(result.removed ?? [])],
    errors: { ...first.errors, ...result.errors },
  };
}
