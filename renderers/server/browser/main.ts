/** The chat page: one conversation at a time, over one connection to the server. */
import {
  type ClaudeSocket,
  connectClaude,
  type SocketQuery,
} from "../../../src/socket-client/claude-socket.js";
import { SocketError } from "../../../src/socket-client/socket-error.js";
import { askOnPage } from "./question-view.js";
import { createTurnView } from "./turn-view.js";

const element = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const turns = element("turns");
const prompt = element<HTMLTextAreaElement>("prompt");
const send = element<HTMLButtonElement>("send");
const stop = element<HTMLButtonElement>("stop");
const begin = element<HTMLButtonElement>("new");
const status = element("status");
const login = element<HTMLDialogElement>("login");

/** Kept for this tab: a page that loads again need not ask. */
const TOKEN_KEY = "claude-notebook-token";

let claude: ClaudeSocket;
let running: SocketQuery | undefined;
let session: string | undefined;

/** `#token=…` is never sent to the server, and leaves the address at once. */
function tokenFromAddress(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return;
  sessionStorage.setItem(TOKEN_KEY, token);
  history.replaceState(null, "", location.pathname);
}

function connect(): void {
  const token = sessionStorage.getItem(TOKEN_KEY) ?? undefined;
  claude = connectClaude({
    url: location.origin,
    token,
    onPermission: (question) => askOnPage(element("questions"), question),
    onStatus(now) {
      status.textContent = {
        connecting: "Connecting…",
        open: "",
        lost: "Connecting again…",
        closed: "Not connected",
      }[now];
      send.disabled = now !== "open" || running !== undefined;
    },
  });
  claude.ready.then(listHistory, (error: unknown) => {
    if (error instanceof SocketError && error.code === "unauthorized") login.showModal();
    else status.textContent = String((error as Error).message);
  });
}

async function ask(text: string): Promise<void> {
  const view = createTurnView(turns, text, scrollDown);
  running =
    session === undefined
      ? claude.query(text, { stream: true })
      : claude.continue(session, text, { stream: true });
  showRunning(true);
  let failure: unknown;
  try {
    for await (const message of running) view.apply(message);
  } catch (error) {
    failure = error;
  }
  view.end(failure);
  session = running.sessionId ?? session;
  running = undefined;
  showRunning(false);
  await listHistory();
}

/** What would leave a conversation whose answer is being written can only be pressed once it has ended. */
function showRunning(isRunning: boolean): void {
  send.disabled = isRunning;
  stop.hidden = !isRunning;
  for (const button of [begin, ...element("history").querySelectorAll("button")]) button.disabled = isRunning;
}

function scrollDown(): void {
  // Only for a reader who is at the end, and does not read something above.
  const left = turns.scrollHeight - turns.scrollTop - turns.clientHeight;
  if (left < 200) turns.scrollTop = turns.scrollHeight;
}

async function listHistory(): Promise<void> {
  const text = element<HTMLInputElement>("search").value.trim();
  const conversations = await claude.conversations(text === "" ? undefined : text);
  const items = conversations.map(({ sessionId, title }) => {
    const item = document.createElement("li");
    const open = document.createElement("button");
    open.type = "button";
    open.textContent = String(title);
    open.title = String(title);
    open.disabled = running !== undefined;
    if (sessionId === session) open.setAttribute("aria-current", "true");
    open.addEventListener("click", () => void openConversation(String(sessionId)));
    item.append(open);
    return item;
  });
  element("history").replaceChildren(...items);
}

async function openConversation(id: string): Promise<void> {
  const stored = await claude.conversation(id);
  session = id;
  turns.replaceChildren();
  for (const { prompt: text, messages } of stored) {
    const view = createTurnView(turns, text, scrollDown);
    for (const message of messages) view.apply(message);
    view.end();
  }
  await listHistory();
}

element<HTMLFormElement>("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = prompt.value.trim();
  if (text === "" || running || send.disabled) return;
  prompt.value = "";
  void ask(text);
});
prompt.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  element<HTMLFormElement>("ask").requestSubmit();
});
stop.addEventListener("click", () => running?.interrupt());
begin.addEventListener("click", () => {
  session = undefined;
  turns.replaceChildren();
  prompt.focus();
  void listHistory();
});
element("search").addEventListener("input", () => void listHistory());
login.addEventListener("close", () => {
  sessionStorage.setItem(TOKEN_KEY, element<HTMLInputElement>("token").value);
  connect();
});

tokenFromAddress();
turns.replaceChildren();
connect();
