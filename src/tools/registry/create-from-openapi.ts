import type { ToolShape } from "../tool.js";
import { zodOfJsonSchema } from "./json-schema-shape.js";
import { findOperation, type OpenApiDocument, type Operation } from "./openapi-operation.js";
import type { ToolDefinition, ToolPermission } from "./tool-definition.js";
import { ToolError } from "./tool-error.js";
import type { RegisteredTool, ToolRegistry } from "./tool-registry.js";

export interface OpenApiToolOptions {
  /** @defaultValue the operation's id */
  readonly name?: string | undefined;
  /** Where the service is. @defaultValue the document's first server */
  readonly baseUrl?: string | undefined;
  /** Sent with each request: an `authorization`, for example. Claude does not see them. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @defaultValue "allow" for GET, "ask" for all that may change something */
  readonly permission?: ToolPermission | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly timeoutMs?: number | undefined;
  /** @defaultValue the global fetch */
  readonly fetch?: typeof fetch | undefined;
}

/** Characters of an answer that a tool returns. */
const MAX_ANSWER = 1_000_000;

/**
 * Adds an operation of a service that an OpenAPI document (3.0 or 3.1, as JSON) describes.
 *
 * @throws ToolError `bad_document` when the document has no such operation, or its schemas cannot be understood.
 */
export function createToolFromOpenApi(
  registry: ToolRegistry,
  document: OpenApiDocument,
  operationId: string,
  options: OpenApiToolOptions = {},
): RegisteredTool<Record<string, unknown>, unknown> {
  const operation = findOperation(document, operationId);
  const baseUrl = options.baseUrl ?? operation.serverUrl;
  if (baseUrl === undefined || !URL.canParse(baseUrl)) {
    throw new ToolError(
      "bad_document",
      operationId,
      `The operation ${operationId} has no server with a whole address.`,
      {
        hints: ["Give the option `baseUrl`."],
      },
    );
  }
  const definition: ToolDefinition = {
    name: options.name ?? operationId,
    description: operation.description,
    tags: [...operation.tags, ...(options.tags ?? [])],
    input: shapeOf(operation),
    permission: options.permission ?? (operation.method === "GET" ? "allow" : "ask"),
    timeoutMs: options.timeoutMs,
    handler: (input, { signal }) => request(operation, baseUrl, input, options, signal),
  };
  const origin = { type: "openapi", operation: operationId, url: baseUrl } as const;
  return registry.create(definition, origin) as RegisteredTool<Record<string, unknown>, unknown>;
}

function shapeOf({ id, parameters, body }: Operation): ToolShape {
  const all = parameters.map(({ name, schema, isRequired }) => {
    const type = zodOfJsonSchema(schema, id);
    return [name, isRequired ? type : type.optional()] as const;
  });
  if (body) {
    const type = zodOfJsonSchema(body.schema, id);
    all.push(["body", body.isRequired ? type : type.optional()]);
  }
  return Object.fromEntries(all);
}

async function request(
  operation: Operation,
  baseUrl: string,
  input: Readonly<Record<string, unknown>>,
  options: OpenApiToolOptions,
  signal: AbortSignal,
): Promise<unknown> {
  const headers = new Headers(options.headers);
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, place } of operation.parameters) {
    const value = input[name];
    if (value === undefined) continue;
    if (place === "path") path = path.replaceAll(`{${name}}`, () => pathSegment(operation.id, name, value));
    else if (place === "header") headers.set(name, String(value));
    else for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  }
  const url = new URL(`${baseUrl.replace(/\/$/, "")}${path}`);
  url.search = query.toString();
  const hasBody = operation.body !== undefined && input.body !== undefined;
  if (hasBody) headers.set("content-type", "application/json");
  const response = await (options.fetch ?? fetch)(url, {
    method: operation.method,
    headers,
    ...(hasBody && { body: JSON.stringify(input.body) }),
    // A service must not send the headers on to another one.
    redirect: "error",
    signal,
  });
  const text = (await response.text()).slice(0, MAX_ANSWER);
  if (!response.ok)
    throw new Error(`${operation.method} ${url.pathname} answered ${response.status}: ${text.slice(0, 500)}`);
  return /\bjson\b/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : text;
}

/** A value cannot leave its place in the path. */
function pathSegment(id: string, name: string, value: unknown): string {
  const text = String(value);
  if (text === "" || text === "." || text === "..") {
    throw new ToolError(
      "invalid_input",
      id,
      `The parameter ${name} of ${id} cannot be ${JSON.stringify(text)}.`,
    );
  }
  return encodeURIComponent(text);
}
