import type { InProcessServer } from "../tools/mcp-bridge.js";
import type { Fields } from "./control-channel.js";
import type { LiveSession } from "./live-session.js";

/** What was changed in a session while it ran, for the CLI that goes on with it when the first has failed. */
export interface SessionChanges {
  /**
   * Remembers a request that the CLI has obeyed, if its effect would end with the CLI.
   *
   * @param servers those of this process that it names.
   */
  note(subtype: string, fields?: Fields, servers?: Readonly<Record<string, InProcessServer>>): void;
  /** Makes the changes in a CLI that has just started; one that refuses fails the session. */
  applyTo(session: LiveSession): void;
}

/** Requests whose effect lasts, and which of them a later one of the kind takes the place of. */
const lasting: Readonly<Record<string, (fields: Fields) => unknown>> = {
  apply_flag_settings: (fields) => JSON.stringify(fields),
  mcp_set_servers: () => "",
  mcp_toggle: ({ serverName }) => serverName,
  set_max_thinking_tokens: () => "",
  set_mcp_permission_mode_override: ({ serverName }) => serverName,
  set_model: () => "",
  set_permission_mode: () => "",
};

export function createSessionChanges(): SessionChanges {
  const changes = new Map<string, Parameters<SessionChanges["note"]>>();
  return {
    note(subtype, fields = {}, servers) {
      if (!Object.hasOwn(lasting, subtype)) return;
      const key = `${subtype} ${lasting[subtype]!(fields)}`;
      // In the order in which they were made.
      changes.delete(key);
      changes.set(key, [subtype, fields, servers]);
    },
    applyTo(session) {
      for (const [subtype, fields, servers = {}] of changes.values()) {
        for (const [name, server] of Object.entries(servers)) session.servers.add(name, server);
        session.request(subtype, fields).catch((error: unknown) => session.fail(error));
      }
    },
  };
}
