import { Widget } from "@lumino/widgets";
import type { LiveStatus } from "./live-view.js";

/** Says in the status bar how many of Claude's turns run and what they have cost. */
export class CostStatus extends Widget {
  constructor() {
    super();
    this.addClass("cn-status");
    this.node.style.cssText = "padding:0 6px;white-space:nowrap;font-variant-numeric:tabular-nums";
    this.hide();
  }

  /** Shows the sum over all notebooks; nothing while there is nothing to say. */
  say(all: readonly LiveStatus[]): void {
    const running = all.reduce((sum, status) => sum + status.running, 0);
    const costUsd = all.reduce((sum, status) => sum + status.costUsd, 0);
    const problem = all.find((status) => status.problem)?.problem;
    const words = [
      running > 0 ? `${running} running` : "",
      costUsd > 0 ? `$${costUsd.toFixed(costUsd < 1 ? 3 : 2)}` : "",
      problem ? "not live" : "",
    ].filter((word) => word !== "");
    this.node.textContent = `Claude: ${words.join(" · ")}`;
    this.node.title =
      problem ?? "Claude's turns that run now, and what those of the open notebooks have cost";
    this.setHidden(words.length === 0);
  }
}
