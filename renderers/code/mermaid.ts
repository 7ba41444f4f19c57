import type { LanguageFn } from "highlight.js";

/** A grammar for mermaid's diagrams, which are shown as source: kinds, directions, labels, arrows, comments. */
export const mermaid: LanguageFn = () => ({
  name: "Mermaid",
  aliases: ["mmd"],
  case_insensitive: false,
  keywords: {
    $pattern: /[A-Za-z][\w-]*/,
    keyword:
      "graph flowchart sequenceDiagram classDiagram stateDiagram stateDiagram-v2 erDiagram gantt pie journey gitGraph mindmap timeline quadrantChart requirementDiagram subgraph end participant actor activate deactivate loop alt else opt par and rect note over of state class section title dateFormat axisFormat style classDef linkStyle click direction as",
    literal: "TB TD BT RL LR left right",
  },
  contains: [
    { scope: "comment", begin: /%%/, end: /$/ },
    { scope: "string", begin: /"/, end: /"|$/ },
    { scope: "string", begin: /\|(?=[^|\n]+\|)/, end: /\|/ },
    { scope: "symbol", begin: /<?(?:--?|==?|-\.+)(?:>>?|\)|x\b|o\b|-[->]*|=[=>]*|\.->)[+-]?|:::/ },
    { scope: "number", begin: /\b\d+(?:\.\d+)?\b/ },
  ],
});
