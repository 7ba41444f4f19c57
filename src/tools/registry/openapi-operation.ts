import { nearestName } from "../../options/nearest-name.js";
import { ToolError } from "./tool-error.js";

/** An OpenAPI document of version 3, parsed from JSON. @see https://spec.openapis.org/oas/v3.1.1.html */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** One operation of a service. */
export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** With its parameters in braces: `/cities/{name}`. */
  readonly path: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly serverUrl: string | undefined;
  readonly parameters: readonly {
    readonly name: string;
    readonly place: "path" | "query" | "header";
    readonly schema: unknown;
    readonly isRequired: boolean;
  }[];
  readonly body?: { readonly schema: unknown; readonly isRequired: boolean } | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const methods = ["get", "put", "post", "delete", "patch", "head", "options"] as const;
const places = ["path", "query", "header"] as const;

/** References that lead to one another; deeper ones, which are circles as a rule, accept anything. */
const MAX_REFERENCES = 12;

/** Objects and lists of one schema; references beyond accept anything: schemas that name one another many times grow without end. */
const MAX_PARTS = 5_000;

/** @throws ToolError `bad_document` when there is no such operation. */
export function findOperation(document: OpenApiDocument, id: string): Operation {
  const ids: string[] = [];
  for (const [path, given] of Object.entries(fieldsOf(document.paths))) {
    const item = follow(given, document);
    for (const method of methods) {
      const operation = item[method] as Fields | undefined;
      if (!operation) continue;
      const ownId = String(operation.operationId ?? `${method} ${path}`);
      ids.push(ownId);
      if (ownId === id) return readOperation(document, item, operation, { id, method, path });
    }
  }
  const near = nearestName(id, ids);
  const advice = near ? ` Did you mean ${near}?` : "";
  throw new ToolError("bad_document", id, `The document has no operation ${JSON.stringify(id)}.${advice}`, {
    hints: [`It has: ${ids.slice(0, 20).join(", ") || "none"}.`],
  });
}

function readOperation(
  document: OpenApiDocument,
  item: Fields,
  operation: Fields,
  { id, method, path }: { id: string; method: string; path: string },
): Operation {
  const servers = [operation.servers, item.servers, document.servers].find(Array.isArray) as
    | Fields[]
    | undefined;
  const given = [...listOf(item.parameters), ...listOf(operation.parameters)].map((each) =>
    follow(each, document),
  );
  const parameters = given.flatMap((parameter) => {
    const place = places.find((each) => each === parameter.in);
    if (!place) return [];
    const isRequired = parameter.required === true || place === "path";
    return [
      { name: String(parameter.name), place, schema: expand(parameter.schema ?? {}, document), isRequired },
    ];
  });
  // One of the operation replaces one of its path.
  const byName = new Map(parameters.map((parameter) => [`${parameter.place} ${parameter.name}`, parameter]));
  const body = follow(operation.requestBody, document);
  const asked = fieldsOf(fieldsOf(body.content)["application/json"]).schema;
  const schema = asked === undefined ? undefined : expand(asked, document);
  return {
    id,
    method: method.toUpperCase(),
    path,
    description: String(operation.description ?? operation.summary ?? `${method.toUpperCase()} ${path}`),
    tags: listOf(operation.tags).map(String),
    serverUrl: typeof servers?.[0]?.url === "string" ? servers[0].url : undefined,
    parameters: [...byName.values()],
    ...(schema !== undefined && { body: { schema, isRequired: body.required === true } }),
  };
}

/** What a reference leads to; what stands inside it keeps its own. */
function follow(value: unknown, document: OpenApiDocument): Fields {
  let found = fieldsOf(value);
  for (let depth = 0; typeof found.$ref === "string"; depth++) {
    if (depth >= MAX_REFERENCES) return {};
    found = fieldsOf(lookUp(document, found.$ref));
  }
  return found;
}

/** Puts what `$ref` names in a schema in its place, and 3.0's `nullable` into the words of JSON Schema. */
function expand(schema: unknown, document: OpenApiDocument): unknown {
  let parts = 0;
  const targets = new Map<string, unknown>();
  const targetOf = (reference: string): unknown => {
    if (!targets.has(reference)) targets.set(reference, lookUp(document, reference));
    return targets.get(reference);
  };
  const resolve = (value: unknown, depth: number): unknown => {
    if (typeof value !== "object" || value === null) return value;
    parts++;
    if (Array.isArray(value)) return value.map((each) => resolve(each, depth));
    const { $ref: reference, nullable, ...rest } = value as Fields;
    if (typeof reference === "string") {
      return depth >= MAX_REFERENCES || parts > MAX_PARTS ? {} : resolve(targetOf(reference), depth + 1);
    }
    const resolved = Object.fromEntries(
      Object.entries(rest).map(([name, each]) => [name, resolve(each, depth)]),
    );
    return nullable === true ? { anyOf: [resolved, { type: "null" }] } : resolved;
  };
  return resolve(schema, 0);
}

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
function lookUp(document: OpenApiDocument, reference: string): unknown {
  if (!reference.startsWith("#/")) {
    throw new ToolError("bad_document", reference, `The reference ${reference} leads out of the document.`);
  }
  const steps = reference
    .slice(2)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let found: unknown = document;
  for (const step of steps) {
    found = Object.hasOwn(fieldsOf(found), step) ? fieldsOf(found)[step] : undefined;
  }
  if (found !== undefined) return found;
  throw new ToolError("bad_document", reference, `The document has nothing at ${reference}.`);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
