import type { ClaudeWebSocketServerOptions } from "../../../src/server/server-options.js";
import type { Arguments, Command } from "../command.js";
import { UsageError } from "../usage-error.js";
import { TOKEN_VARIABLE, takeServerToken } from "./server-token.js";

const DEFAULT_PORT = 8000;

export const serveCommand: Command = {
  name: "serve",
  summary: "Serve Claude over WebSockets and HTTP, with a chat page",
  positionals: [],
  options: {
    host: { type: "string", value: "HOST", help: "Address to listen on (default: 127.0.0.1)" },
    port: {
      type: "string",
      short: "p",
      value: "PORT",
      help: `Port, 0 for a free one (default: ${DEFAULT_PORT})`,
    },
    folder: {
      type: "string",
      value: "DIR",
      help: "Folder that clients may work in; may be given more than once (default: .)",
    },
    "allow-tool": {
      type: "string",
      value: "RULE",
      help: "Tool or rule that clients may have run unasked; may be given more than once (default: reading and searching)",
    },
    "permission-mode": {
      type: "string",
      value: "MODE",
      help: "The most that clients' permission modes may allow (default: default)",
    },
    "setting-source": {
      type: "string",
      value: "SOURCE",
      help: "Settings of Claude Code that hold for clients too: user, project or local; may be given more than once (default: none)",
    },
    token: { type: "boolean", help: "Make a token that clients must know" },
    "allow-host": { type: "string", value: "NAME", help: "Further name of this server, e.g. behind a proxy" },
    "allow-origin": { type: "string", value: "ORIGIN", help: "Origin of a further page that may use it" },
    "no-page": { type: "boolean", help: "Without the chat page" },
  },
  notes: [
    `A token of your own comes from the variable ${TOKEN_VARIABLE}. An address that other machines reach needs one.`,
    "Clients are asked before a tool changes or runs something. They cannot set other options than those in docs/server.md.",
    "With --setting-source, clients may do unasked what the permission rules and hooks in these settings allow.",
    "Prints the address; Ctrl-C lets running answers finish, a second one ends them.",
  ],
  run: serve,
};

async function serve(args: Arguments): Promise<number> {
  const { ClaudeWebSocketServer } = await import("../../../src/server/claude-websocket-server.js");
  const { catchSignals } = await import("../catch-signals.js");
  const port = portOf(args.text("port"));
  const host = args.text("host") ?? "127.0.0.1";
  const { token, isNew } = takeServerToken(process.env, args.isSet("token"));
  const options = { ...(await serverOptions(args)), token };
  const server = new ClaudeWebSocketServer(options);
  await server.run({ host, port });
  // Behind the # it stays in the browser.
  process.stdout.write(`${server.url}/${isNew ? `#token=${token}` : ""}\n`);
  const caught = catchSignals(() => process.stderr.write("Finishing what runs; again to end it now.\n"));
  await new Promise<void>((resolve) => caught.signal.addEventListener("abort", () => resolve()));
  await server.close();
  caught.release();
  return caught.exitCode();
}

async function serverOptions(args: Arguments): Promise<ClaudeWebSocketServerOptions> {
  const { managedConversations } = await import("../../../src/server/managed-conversations.js");
  const { ConversationManager } = await import("../../../src/conversations/conversation-manager.js");
  const { normaliseOptions } = await import("../../../src/options/normalise-options.js");
  const permissionMode = args.text("permission-mode");
  if (permissionMode !== undefined) normaliseOptions({ permissionMode: permissionMode as "default" });
  const queryOptions = normaliseOptions({ settingSources: args.list("setting-source") as "user"[] });
  const allowed = args.list("allow-tool");
  return {
    allowedFolders: args.list("folder"),
    queryOptions,
    ...(allowed.length > 0 && { allowedTools: allowed }),
    ...(permissionMode !== undefined && { permissionMode: permissionMode as "default" }),
    allowedHosts: args.list("allow-host"),
    allowedOrigins: args.list("allow-origin"),
    conversations: managedConversations(new ConversationManager()),
    ...(!args.isSet("no-page") && { page: await loadPage() }),
  };
}

/** The page, with the script that the build makes for it. */
async function loadPage() {
  const { readFile } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const { packageRoot } = await import("../../package-root.js");
  const { chatPage } = await import("../../../renderers/server/chat-page.js");
  return chatPage(await readFile(join(packageRoot, "dist", "renderers", "server", "chat.js"), "utf8"));
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new UsageError(`--port must be a number from 0 to 65535, not ${JSON.stringify(text)}.`, "serve");
}
