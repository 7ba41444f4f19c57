import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import type { KernelMessage } from "../../live/live-protocol.js";
import { type Part, RESPONSE_MIME } from "../../response/parts.js";
import type { ResponseBody } from "./draw/response-body.js";
import { followTail } from "./follow-tail.js";
import type { LiveLink } from "./live-link.js";
import type { LiveView } from "./live-view.js";
import { createResponseState, type ResponseState } from "./response-state.js";

/** What a view of a response takes from where it stands. */
export interface WidgetHost {
  /** Undefined where there is no kernel: a preview, a console. */
  readonly link: LiveLink | undefined;
  /** Draws the `text/html` of a bundle that this version cannot read, sanitised unless the notebook is trusted. */
  createHtmlRenderer(): IRenderMime.IRenderer;
  /** Puts a code cell below the one that holds `node`; undefined where there are no cells. */
  insertBelow?(node: HTMLElement, code: string): void;
}

/** Time between two draws of a page that nobody looks at, in milliseconds; one that is looked at draws with its frames. */
const HIDDEN_DRAW_MS = 500;

const UNFINISHED = "This answer was still being written when the notebook was saved.";

const OTHER_VERSION =
  "This answer was stored by another version of claude-notebook: it is shown as HTML. `claude-notebook install` brings JupyterLab's extension up to date.";

/** What a notebook holds of a response that is shown live. */
interface StoredResponse {
  readonly response?: unknown;
  readonly live?: unknown;
  /** True where the notebook has panels or colours of its own: then only its HTML has them. */
  readonly ownLook?: unknown;
}

/** Loads what draws; it comes as a file of its own when the first response is shown. */
const loadDrawing = () => import("./draw/response-body.js");

/** Draws a response: as it is stored, or as it comes from the kernel. */
export class ResponseWidget extends Widget implements IRenderMime.IRenderer, LiveView {
  readonly #host: WidgetHost;
  #model: IRenderMime.IMimeModel | undefined;
  #drawing: Awaited<ReturnType<typeof loadDrawing>> | undefined;
  #body: ResponseBody | undefined;
  #html: IRenderMime.IRenderer | undefined;
  #state: ResponseState = createResponseState([]);
  #response = "";
  #isFollowing = false;
  #isDirty = false;
  #isKeeping = false;
  #cancelDraw: (() => void) | undefined;

  constructor(host: WidgetHost) {
    super();
    this.#host = host;
    this.addClass("cn-response");
  }

  get response(): string {
    return this.#response;
  }

  get seq(): number {
    return this.#state.seq;
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#model = model;
    // It is this view that has put it there.
    if (this.#isKeeping) return;
    const stored = (model.data[RESPONSE_MIME] ?? {}) as StoredResponse;
    const isLive = stored.live === true && typeof stored.response === "string";
    if (isLive && this.#isFollowing && stored.response === this.#response) return;
    this.#drawing ??= await loadDrawing();
    if (this.isDisposed) return;
    const bundle = this.#drawing.readBundle(stored);
    if (!bundle) return this.#drawHtml(model, OTHER_VERSION);
    if (stored.ownLook === true) return this.#drawHtml(model);
    const body = this.#openBody();
    this.#stopFollowing();
    this.#response = bundle.response;
    this.#state = createResponseState(bundle.parts);
    this.#draw();
    if (!isLive) return;
    // Whatever a notebook says of itself, only a kernel that knows the answer makes it one that runs.
    if (!this.#host.link?.isOpen) body.note(UNFINISHED);
    if (!this.#host.link) return;
    this.#isFollowing = true;
    this.#host.link.attach(this);
  }

  take(message: KernelMessage): void {
    const body = this.#body;
    if (!body) return;
    if (message.op !== "gone" && message.op !== "decided" && this.#isFollowing) {
      body.note(undefined);
      body.running(this.#response);
    }
    if (message.op === "ask") followTail(this.node, () => body.ask(message.ask));
    else if (message.op === "decided") body.decided(message.ask, message.outcome, message.reason);
    else if (message.op === "gone")
      this.lost("The kernel does not know this answer any more: it was restarted.");
    else if (message.op === "end") this.#end(message.seq);
    else if (message.op === "delta" || message.op === "state") {
      const then = this.#state.take(message);
      if (then === "sync") this.#host.link?.send({ op: "sync", id: this.#response, have: this.seq });
      if (then !== "draw") return;
      this.#isDirty = true;
      this.#drawSoon();
    }
  }

  lost(why: string): void {
    if (!this.#isFollowing) return;
    this.#body?.note(undefined);
    this.#state = createResponseState(interrupted(this.#state.parts, why));
    this.#body?.closeAsks();
    this.#finish();
  }

  keep(): void {
    if (!this.#isDirty || !this.#model || !this.#drawing) return;
    this.#isDirty = false;
    this.#isKeeping = true;
    try {
      const bundle = this.#drawing.bundleOf(this.#state.parts, this.#response);
      const stored = bundle[RESPONSE_MIME] as object;
      const data = { ...bundle, [RESPONSE_MIME]: this.#isFollowing ? { ...stored, live: true } : stored };
      this.#model.setData({ data: data as IRenderMime.IMimeModel["data"] });
    } finally {
      this.#isKeeping = false;
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#stopFollowing();
    this.#cancelDraw?.();
    this.#body?.dispose();
    this.#html?.dispose();
    super.dispose();
  }

  #openBody(): ResponseBody {
    this.#html?.dispose();
    this.#html = undefined;
    this.#body ??= this.#drawing!.createResponseBody(this.node, {
      send: (message) => this.#host.link?.send(message) ?? false,
      insertCell: this.#host.insertBelow && ((code) => this.#host.insertBelow?.(this.node, code)),
    });
    return this.#body;
  }

  #stopFollowing(): void {
    this.#isFollowing = false;
    this.#host.link?.detach(this);
    this.#body?.running(undefined);
  }

  /** Everything is there when the number says so; what is missing is asked for, and the end comes again after it. */
  #end(seq: number): void {
    if (!this.#isFollowing) return;
    if (this.seq < seq) {
      this.#host.link?.send({ op: "sync", id: this.#response, have: this.seq });
      return;
    }
    this.#finish();
    this.#host.link?.send({ op: "kept", id: this.#response, seq });
  }

  #finish(): void {
    this.#stopFollowing();
    this.#draw();
    this.#isDirty = true;
    this.keep();
  }

  #drawSoon(): void {
    if (this.#cancelDraw) return;
    const draw = (): void => this.#draw();
    if (document.visibilityState === "visible") {
      const frame = requestAnimationFrame(draw);
      this.#cancelDraw = () => cancelAnimationFrame(frame);
    } else {
      const timer = window.setTimeout(draw, HIDDEN_DRAW_MS);
      this.#cancelDraw = () => window.clearTimeout(timer);
    }
  }

  #draw(): void {
    this.#cancelDraw?.();
    this.#cancelDraw = undefined;
    followTail(this.node, () => this.#body?.update(this.#state.parts));
  }

  /** Leaves it to JupyterLab's renderer of HTML, which sanitises unless the notebook is trusted. */
  async #drawHtml(model: IRenderMime.IMimeModel, why?: string): Promise<void> {
    this.#stopFollowing();
    this.#body?.dispose();
    this.#body = undefined;
    this.#html?.dispose();
    this.#html = this.#host.createHtmlRenderer();
    const note = document.createElement("div");
    note.textContent = why ?? "";
    note.hidden = why === undefined;
    this.node.className = this.node.className.replace(/\bcn(-live|-void)?(?= |$)/g, "");
    this.node.replaceChildren(note, this.#html.node);
    await this.#html.renderModel(model);
  }
}

/** What was open when the kernel went will not be finished. */
function interrupted(parts: readonly Part[], why: string): readonly Part[] {
  const close = (part: Part): Part => ({
    ...part,
    ...(part.type === "tool" ? { children: part.children.map(close) } : {}),
    ...(part.state === "streaming" || part.state === "running" ? { state: "interrupted" } : {}),
  });
  const notice = { type: "notice", state: "done", level: "warning", title: "Interrupted" } as const;
  return [...parts.map(close), { ...notice, id: "lost", text: why }];
}
