/**
 * JupyterLab's extension: draws Claude's answers from their parts, follows those that are being written, asks for approvals,
 * and lets prompts be edited as markdown.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { ISessionContext } from "@jupyterlab/apputils";
import type { DocumentRegistry } from "@jupyterlab/docregistry";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { IStatusBar } from "@jupyterlab/statusbar";
import { RESPONSE_MIME } from "../../response/parts.js";
import { type EditedNotebook, editPromptsAsMarkdown } from "./claude-cell-mode.js";
import { CostStatus } from "./cost-status.js";
import { LiveLink } from "./live-link.js";
import { ResponseWidget, type WidgetHost } from "./response-widget.js";

/** Before `text/html`, which stays in the bundle for everybody else. */
const RANK = 0;

/** What we use of a notebook's panel, so that `@jupyterlab/notebook` is no dependency. */
interface NotebookPanel {
  readonly sessionContext: ISessionContext;
  readonly content: {
    readonly rendermime: IRenderMimeRegistry;
    readonly widgets: readonly { readonly node: HTMLElement }[];
    activeCellIndex: number;
    readonly codeMimetype: string;
    readonly model: {
      readonly cells: EditedNotebook["cells"];
      readonly sharedModel: {
        insertCell(index: number, cell: { cell_type: "code"; source: string }): unknown;
      };
    } | null;
  };
}

/** The renderer, safe in untrusted notebooks: it makes nodes from an allowlist, and nothing of a notebook can run in it. */
function rendererFactory(host: WidgetHost): IRenderMime.IRendererFactory {
  return { safe: true, mimeTypes: [RESPONSE_MIME], createRenderer: () => new ResponseWidget(host) };
}

function hostOf(panel: NotebookPanel, link: LiveLink): WidgetHost {
  const { content } = panel;
  return {
    link,
    createHtmlRenderer: () => content.rendermime.createRenderer("text/html"),
    insertBelow(node, code) {
      const index = content.widgets.findIndex((cell) => cell.node.contains(node));
      if (index === -1) return;
      content.model?.sharedModel.insertCell(index + 1, { cell_type: "code", source: code });
      content.activeCellIndex = index + 1;
    },
  };
}

function followCells({ sessionContext, content }: NotebookPanel): void {
  if (!content.model) return;
  const { cells } = content.model;
  editPromptsAsMarkdown({ sessionContext, cells, codeMimeType: () => content.codeMimetype });
}

const plugin: JupyterFrontEndPlugin<void> = {
  id: "claude-notebook:live",
  description: "Claude's answers, live, with approvals in the cell",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [IStatusBar],
  activate(app: JupyterFrontEnd, rendermime: IRenderMimeRegistry, statusBar: IStatusBar | null) {
    const links = new Map<ISessionContext, LiveLink>();
    const status = new CostStatus();
    const sayStatus = (): void => status.say([...links.values()].map((link) => link.status));
    statusBar?.registerStatusItem("claude-notebook:status", { item: status, align: "left", rank: 900 });

    // Consoles, previews, file viewers: what is stored is drawn, and nothing is live.
    const createHtmlRenderer = (): IRenderMime.IRenderer => rendermime.createRenderer("text/html");
    rendermime.addFactory(rendererFactory({ link: undefined, createHtmlRenderer }), RANK);

    const linkOf = (context: ISessionContext): LiveLink => {
      const known = links.get(context);
      if (known) return known;
      const link = new LiveLink(context, () => links.values());
      link.onStatus = sayStatus;
      links.set(context, link);
      context.disposed.connect(() => {
        links.delete(context);
        sayStatus();
      });
      return link;
    };
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew(widget, context: DocumentRegistry.Context) {
        const panel = widget as unknown as NotebookPanel;
        const link = linkOf(panel.sessionContext);
        panel.content.rendermime.addFactory(rendererFactory(hostOf(panel, link)), RANK);
        followCells(panel);
        // What came by deltas is not in the notebook yet.
        context.saveState.connect((_sender, state) => {
          if (state === "started") link.keepAll();
        });
      },
    });
  },
};

export default plugin;
