import { RESPONSE_STYLE } from "../style/response-style.js";
import { CHAT_STYLE } from "./chat-style.js";

/** The chat page, in the form in which the server hands it out. */
export interface ChatPage {
  readonly html: string;
  /** What the page loads, by path. */
  readonly files: Readonly<Record<string, { readonly type: string; readonly body: string }>>;
}

/**
 * A page that chats with Claude over the server's WebSocket: answers as panels while they stream, approvals, history.
 *
 * @param script the bundle of `browser/main.ts`, which the build makes.
 */
export function chatPage(script: string): ChatPage {
  return {
    html: HTML,
    files: {
      "/chat.js": { type: "text/javascript; charset=utf-8", body: script },
      "/chat.css": { type: "text/css; charset=utf-8", body: `${RESPONSE_STYLE}\n${CHAT_STYLE}` },
    },
  };
}

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Claude</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/chat.css">
<script type="module" src="/chat.js"></script>
</head>
<body>
<aside aria-label="Conversations">
<button type="button" id="new">New conversation</button>
<input id="search" type="search" placeholder="Search" aria-label="Search conversations">
<ul id="history"></ul>
</aside>
<main>
<div id="turns" aria-live="polite"><noscript>This page needs JavaScript.</noscript></div>
<div id="questions" role="region" aria-label="Claude asks"></div>
<form id="ask">
<textarea id="prompt" rows="3" placeholder="Ask Claude" aria-label="Prompt" required></textarea>
<div class="bar">
<span id="status" role="status"></span>
<button type="button" id="stop" hidden>Stop</button>
<button type="submit" id="send" disabled>Send</button>
</div>
</form>
</main>
<dialog id="login" aria-labelledby="login-title">
<form method="dialog">
<h1 id="login-title">This server has a token</h1>
<p>Whoever started it was told.</p>
<input id="token" type="password" autocomplete="off" aria-label="Token" required>
<button type="submit">Connect</button>
</form>
</dialog>
</body>
</html>
`;
