import { z } from "zod";
import { formatCount } from "../panels/format-figures.js";
import { definePanel } from "../panels/panel.js";
import type { ViewPart } from "../response/parts.js";

const text = z.string();
const listData = z.object({
  templates: z.array(
    z.object({
      name: text,
      description: text,
      variables: z.array(z.object({ name: text, isRequired: z.boolean() })),
      source: text,
    }),
  ),
  problems: z.array(text),
});

/** A table of templates: what each is for and asks for; variables that can be left out are marked by `?`. */
export const templatesPanel = definePanel<ViewPart>({
  name: "templates",
  matches: (part) => part.type === "view" && part.view === "templates",
  frame: "panel",
  kind: () => "plan",
  isOpen: () => true,
  summary: ({ data }) => ({
    name: "Templates",
    facts: [{ text: formatCount(listData.parse(data).templates.length, "template") }],
  }),
  body: ({ data }) => {
    const { templates, problems } = listData.parse(data);
    const rows = templates.map(({ name, description, variables, source }) => [
      name,
      description,
      variables.map((variable) => `${variable.name}${variable.isRequired ? "" : "?"}`).join(", "),
      source,
    ]);
    return [
      { type: "table", columns: ["name", "for", "variables", "source"], rows },
      ...(problems.length > 0 ? [{ type: "hints", hints: problems } as const] : []),
    ];
  },
});
