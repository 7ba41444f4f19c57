import type { CommRegistry } from "../comm.js";

/** What ipywidgets' front end opens a comm to when it meets a kernel, to ask for the widgets there are. */
const CONTROL_TARGET = "jupyter.widget.control";

/**
 * Answers the front end of ipywidgets that there are no widgets: without an answer it logs an error for each notebook.
 *
 * @see https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md#control-widget-messaging-protocol
 */
export function answerWidgets(comms: CommRegistry): void {
  comms.register(CONTROL_TARGET, (comm) =>
    comm.onMessage(({ data }) => {
      const { method } = (data ?? {}) as { method?: unknown };
      if (method === "request_states") comm.send({ method: "update_states", states: {}, buffer_paths: [] });
    }),
  );
}
