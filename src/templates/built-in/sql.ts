import { z } from "zod";
import { defineTemplate } from "../template.js";

export const sql = defineTemplate({
  name: "sql",
  description: "A query for a question, or a better one in place of a slow one",
  variables: {
    task: z.string().describe("What the query is to answer or to change"),
    schema: z.string().optional().describe("The tables, as CREATE statements or in words"),
    dialect: z.string().default("PostgreSQL").describe("The database"),
    query: z.string().optional().describe("A query that there is already"),
    plan: z.string().optional().describe("What EXPLAIN says of it"),
  },
  body: `Write {{dialect}} for this task: {{task}}

{{#schema}}
<schema>
{{schema}}
</schema>
{{/schema}}
{{#query}}
There is a query already:

<query>
{{query}}
</query>
{{/query}}
{{#plan}}
<plan>
{{plan}}
</plan>
{{/plan}}

Say first what one row of the result stands for. Then give the query, with values as parameters, never pasted in; a comment where a join can
multiply or drop rows, and what happens with NULL, with ties and with an empty table. Say which indexes it uses, which it would need,
and what it costs at a hundred times the rows. A statement that changes data comes with one that shows what it would change, and with a
way back. Where the schema does not say something, name what you assume.`,
});
