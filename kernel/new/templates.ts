/** A notebook to begin with. The build puts it beside this file, with its recordings and data. */
export interface NotebookTemplate {
  /** Of its notebook in `examples/`, without the ending. */
  readonly name: string;
  /** What one sees in it; a line. */
  readonly summary: string;
  /** Files and folders of `examples/data/` that it reads. */
  readonly data: readonly string[];
  /** npm packages that it imports and that a notebook does not have by itself. */
  readonly packages: readonly string[];
}

const none = { data: [], packages: [] };

/** The templates, the default first. */
export const templates: readonly NotebookTemplate[] = [
  { ...none, name: "welcome", summary: "First steps: cells, Claude, typed answers, magics" },
  { ...none, name: "notebook_markdown_demo", summary: "What answers look like: markdown, tools, errors" },
  { ...none, name: "code_review", summary: "A review whose findings are proven by code", data: ["rooms"] },
  {
    ...none,
    name: "test_generation",
    summary: "Tests that are tried on broken copies of the code",
    data: ["parcels"],
  },
  {
    ...none,
    name: "docs_generation",
    summary: "Documentation whose examples compile and run",
    data: ["duration"],
  },
  {
    name: "data_analysis_agent",
    summary: "An analysis in DuckDB, every figure counted again",
    data: ["orders.csv"],
    packages: ["@duckdb/node-api", "vega", "vega-lite"],
  },
  {
    ...none,
    name: "multi_agent",
    summary: "Agents that look into an incident, argue and decide",
    data: ["incident"],
  },
  { ...none, name: "conversation_chains", summary: "A kept conversation, and a chain with a loop" },
  { ...none, name: "typed_answers", summary: "Mails as typed rows, replies for each", data: ["mails.txt"] },
];
