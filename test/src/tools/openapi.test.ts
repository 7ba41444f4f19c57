import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createToolFromOpenApi, ToolRegistry } from "../../../src/tools/index.js";

const asked: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  asked.push({ method: request.method!, url: request.url!, headers: request.headers, body });
  if (request.url!.startsWith("/v1/away")) response.writeHead(302, { location: "http://example.com/" }).end();
  else if (request.url!.startsWith("/v1/broken")) response.writeHead(500).end("out of paper");
  else
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ name: "Bergen", people: 291_940 }));
});
let baseUrl = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const document = {
  openapi: "3.0.3",
  paths: {
    "/cities/{name}": {
      parameters: [{ $ref: "#/components/parameters/Name" }],
      get: {
        operationId: "getCity",
        summary: "A city by its name",
        tags: ["geo"],
        parameters: [
          { name: "fields", in: "query", schema: { type: "array", items: { type: "string" } } },
          { name: "x-trace", in: "header", schema: { type: "string" } },
        ],
      },
      put: {
        operationId: "putCity",
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/City" } } },
        },
      },
    },
    "/away": { get: { operationId: "away" } },
    "/broken": { get: { operationId: "broken" } },
  },
  components: {
    parameters: { Name: { name: "name", in: "path", required: true, schema: { type: "string" } } },
    schemas: {
      City: {
        type: "object",
        required: ["people"],
        properties: {
          people: { type: "integer", minimum: 0 },
          mayor: { type: "string", nullable: true },
          twin: { $ref: "#/components/schemas/City" },
        },
      },
    },
  },
};

const tool = (id: string, options = {}) =>
  createToolFromOpenApi(new ToolRegistry({ onAsk: () => true }), document, id, { baseUrl, ...options });

describe("an operation of an OpenAPI document", () => {
  test("becomes a tool with its parameters, which asks the service", async () => {
    const getCity = tool("getCity", { headers: { authorization: "Bearer secret" } });
    expect(getCity.info).toMatchObject({
      description: "A city by its name",
      tags: ["geo"],
      permission: "allow",
    });
    const { output } = await getCity.execute({
      name: "São Paulo/x",
      fields: ["name", "people"],
      "x-trace": "7",
    });
    expect(output).toEqual({ name: "Bergen", people: 291_940 });
    expect(asked.at(-1)).toMatchObject({
      method: "GET",
      url: "/v1/cities/S%C3%A3o%20Paulo%2Fx?fields=name&fields=people",
      headers: { authorization: "Bearer secret", "x-trace": "7" },
    });
    expect(JSON.stringify(getCity.info)).not.toContain("secret");
  });

  test("does not let a parameter replace a header of the program's own", async () => {
    const getCity = tool("getCity", { headers: { "X-Trace": "ours" } });
    await getCity.execute({ name: "Bergen" });
    expect(asked.at(-1)!.headers["x-trace"]).toBe("ours");
    await expect(getCity.execute({ name: "Bergen", "x-trace": "7" })).rejects.toMatchObject({
      reason: "invalid_input",
    });
  });

  test("is found at once in a document whose schemas name one another many times", () => {
    const names = Array.from({ length: 8 }, (_, i) => `S${i}`);
    const properties = Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]),
    );
    const schemas = Object.fromEntries(names.map((name) => [name, { type: "object", properties }]));
    const body = (name: string) => ({
      content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
    });
    const large = {
      openapi: "3.1.0",
      components: { schemas },
      paths: {
        "/other": { post: { operationId: "other", requestBody: body("missing") } },
        "/mine": { post: { operationId: "mine", requestBody: body("S0") } },
      },
    };
    const made = createToolFromOpenApi(new ToolRegistry(), large, "mine", { baseUrl });
    expect(made.info.permission).toBe("ask");
  });

  test("reads of an answer without end no more than it returns", async () => {
    let isCancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000).fill(120)),
      cancel() {
        isCancelled = true;
      },
    });
    const { output } = await tool("getCity", { fetch: async () => new Response(body) }).execute({
      name: "x",
    });
    expect(output).toHaveLength(1_000_000);
    expect(isCancelled).toBe(true);
  });

  test("has its body checked, references and nullable included, and asks before it changes something", async () => {
    const putCity = tool("putCity");
    expect(putCity.info.permission).toBe("ask");
    await putCity.execute({ name: "Bergen", body: { people: 1, mayor: null, twin: { people: 2 } } });
    expect(JSON.parse(asked.at(-1)!.body)).toEqual({ people: 1, mayor: null, twin: { people: 2 } });
    await expect(putCity.execute({ name: "Bergen", body: { people: -1 } })).rejects.toMatchObject({
      reason: "invalid_input",
    });
    await expect(putCity.execute({ name: "Bergen" })).rejects.toMatchObject({ reason: "invalid_input" });
  });

  test.each([".", "..", ""])("cannot be led to another path by the parameter %j", async (name) => {
    const before = asked.length;
    await expect(tool("getCity").execute({ name })).rejects.toMatchObject({ reason: "invalid_input" });
    expect(asked.length).toBe(before);
  });

  test("does not follow a redirect, and tells what a failing service said", async () => {
    await expect(tool("away").execute({})).rejects.toMatchObject({ reason: "failed" });
    await expect(tool("broken").execute({})).rejects.toThrow("500: out of paper");
  });

  test("that is not there, or has no address, is a typed error", () => {
    expect(() => tool("getCitty")).toThrow("Did you mean getCity?");
    expect(() => createToolFromOpenApi(new ToolRegistry(), document, "getCity")).toThrow("no server");
    const broken = { paths: { "/x": { get: { operationId: "x", parameters: [{ $ref: "#/none" }] } } } };
    expect(() => createToolFromOpenApi(new ToolRegistry(), broken, "x", { baseUrl })).toThrow(
      "nothing at #/none",
    );
    const away = { paths: { "/x": { get: { operationId: "x", parameters: [{ $ref: "http://x/y" }] } } } };
    expect(() => createToolFromOpenApi(new ToolRegistry(), away, "x", { baseUrl })).toThrow("leads out");
  });
});
