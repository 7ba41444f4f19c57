import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { normaliseOptions } from "../../../src/options/normalise-options.js";
import { builtInTemplates } from "../../../src/templates/built-in-templates.js";
import { defineTemplate } from "../../../src/templates/template.js";
import { TemplateManager } from "../../../src/templates/template-manager.js";
import { temporaryFolder } from "../fake-claude.js";

const make = (body: string, variables: Record<string, z.ZodType> = {}, partials = {}) =>
  defineTemplate({ name: "t", description: "", variables, body, partials });

describe("a template", () => {
  const variables = {
    who: z.string(),
    tone: z.enum(["warm", "dry"]).default("warm"),
    points: z.array(z.string()).default([]),
    more: z.object({ text: z.string() }).optional(),
  };

  test.each([
    ["a variable", "Hello {{who}}!", "Hello Ann!"],
    ["a default", "{{tone}}", "warm"],
    ["a field", "{{more.text}}", "m"],
    ["a list, item by item", "{{#points}}\n- {{.}}\n{{/points}}", "- a\n- b"],
    ["a list as a value, in lines", "{{points}}", "a\nb"],
    ["an object, by its fields", "{{#more}}{{text}}{{/more}}", "m"],
    ["an object as a value, as JSON", "{{more}}", '{\n  "text": "m"\n}'],
    ["what is there", "{{#who}}yes{{/who}}{{^who}}no{{/who}}", "yes"],
    ["a comment, which is left out", "a\n{{! not for Claude }}\nb", "a\nb"],
    ["tags alone in their lines, which go with them", "a\n{{#who}}\nb\n{{/who}}\nc", "a\nb\nc"],
    ["braces that are no tag", "{ {who} } {{who}}", "{ {who} } Ann"],
  ])("draws %s", (_what, body, expected) => {
    expect(make(body, variables).render({ who: "Ann", points: ["a", "b"], more: { text: "m" } })).toBe(
      expected,
    );
  });

  test("takes values as they are: neither escaped nor read as templates", () => {
    const who = '<b> & "{{tone}}" {{> p}} $& {{#x}}';
    expect(make("{{who}}", variables).render({ who })).toBe(who);
  });

  test("looks at own fields alone", () => {
    const template = make("[{{more.constructor}}{{more.__proto__}}{{more.toString}}]", { more: z.any() });
    expect(template.render({ more: {} })).toBe("[]");
  });

  test("takes in partials, also within partials", () => {
    const partials = { head: "Dear {{who}},\n{{> line}}", line: "---" };
    expect(make("{{> head}}\nBye", variables, partials).render({ who: "Ann" })).toBe("Dear Ann,\n---\nBye");
  });

  test("says which values are missing, unknown and wrong, and what there is", () => {
    const template = make("{{who}}", variables);
    let error: unknown;
    try {
      template.render({ whoo: "Ann", tone: "loud" } as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      name: "TemplateVariablesError",
      code: "template_variables",
      template: "t",
      missing: ["who"],
      unknown: ["whoo"],
      hints: ["Its variables are `who`, `tone`, `points`, `more`."],
    });
    expect(String(error)).toMatch(
      /it lacks `who`; it has no variable `whoo` \(did you mean `who`\?\); `tone`:/,
    );
  });

  test.each([
    [
      "a variable that is not declared",
      () => make("{{whoo}}", variables),
      /`{{whoo}}` in line 1.*Did you mean `who`/,
    ],
    [
      "a section that is not closed",
      () => make("a\n{{#who}}", variables),
      /line 2: `{{#who}}` is never closed/,
    ],
    ["a section that closes another", () => make("{{#who}}{{/tone}}", variables), /stands where `{{\/who}}`/],
    ["an end without a beginning", () => make("{{/who}}", variables), /closes nothing/],
    ["a tag that names nothing", () => make("{{ }}"), /names nothing/],
    ["a partial that is not there", () => make("{{> p}}"), /no partial `p`/],
    [
      "partials that take in each other",
      () => make("{{> a}}", {}, { a: "{{> b}}", b: "{{> a}}" }),
      /a → b → a/,
    ],
    [
      "a name that is none",
      () => defineTemplate({ name: "a b", description: "", variables: {}, body: "" }),
      /"?'a b'/,
    ],
    [
      "an option that starts programs",
      () =>
        defineTemplate({
          name: "t",
          description: "",
          variables: {},
          body: "x",
          options: { env: {} } as never,
        }),
      /cannot bring the option `env`/,
    ],
    [
      "a permission mode that asks nobody",
      () =>
        defineTemplate({
          name: "t",
          description: "",
          variables: {},
          body: "x",
          options: { permissionMode: "bypassPermissions" },
        }),
      /cannot bring the permission mode/,
    ],
  ])("with %s cannot be made", (_what, define, message) => {
    expect(define).toThrow(message);
  });

  test("gives what a query takes: its prompt, and its options with yours", () => {
    const template = defineTemplate({
      name: "t",
      description: "",
      variables: {},
      body: "Hi",
      options: { model: "opus", tools: [] },
    });
    expect(template.request({}, { model: "haiku" })).toEqual({
      prompt: "Hi",
      options: { model: "haiku", tools: [] },
    });
  });
});

describe("the built-in templates", () => {
  test("are those that are promised", () => {
    const names =
      "architecture code_review data_analysis debugging documentation explain_code refactoring security_audit sql test_generation";
    expect(Object.keys(builtInTemplates).sort()).toEqual(names.split(" "));
  });

  const least: Record<string, Record<string, unknown>> = {
    architecture: { goal: "G1" },
    data_analysis: { question: "Q1" },
    debugging: { error: "E1" },
    sql: { task: "T1" },
  };
  test.each(Object.keys(builtInTemplates))(
    "%s renders with the least and with everything it takes",
    (name) => {
      const template = new TemplateManager({ folders: [] }).getTemplate(name);
      const prompt = template.render((least[name] ?? {}) as never);
      for (const value of Object.values(least[name] ?? {})) expect(prompt).toContain(value);
      expect(prompt).not.toMatch(/\{\{|undefined|null|\[object/);
      const all = Object.entries(template.variables).map(([variable, schema]) => {
        if (schema.safeParse(`<${variable}>`).success) return [variable, `<${variable}>`];
        if (schema.safeParse([`<${variable}>`]).success) return [variable, [`<${variable}>`]];
        return [variable, undefined];
      });
      const values = Object.fromEntries(
        all.filter(([variable]) => name !== "code_review" || variable !== "diff"),
      );
      const full = template.render(values as never);
      for (const value of Object.values(values).flat()) if (value) expect(full).toContain(value);
      expect(() => normaliseOptions(template.options)).not.toThrow();
    },
  );

  test("those that only look have no tool that changes or runs something", () => {
    for (const name of ["code_review", "security_audit", "explain_code", "architecture"] as const)
      expect(builtInTemplates[name].options.tools).toEqual(["Read", "Glob", "Grep"]);
  });

  test("their variables are typed", () => {
    const review = new TemplateManager({ folders: [] }).getTemplate("code_review");
    expect(review.render({ code: "let x;", focus: ["names"] })).toContain("Look above all at: names");
    // @ts-expect-error focus is a list
    expect(() => review.render({ focus: "names" })).toThrow(/focus/);
  });
});

describe("a manager with folders", () => {
  function withFolder(files: Record<string, string>) {
    const folder = join(temporaryFolder(), "templates");
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return { folder, manager: new TemplateManager({ folders: [folder] }) };
  }

  const greet = `---
description: A greeting
variables:
  who: { type: string, description: Whom to greet }
  tone: { enum: [warm, dry], default: warm }
  note: { type: string, optional: true }
partials:
  end: Bye, {{who}}.
options: { model: opus }
---
Greet {{who}}, {{tone}}. {{#note}}{{note}}{{/note}}
{{> end}}
{{> sign}}
`;

  test("reads markdown with front matter, its partials and those that lie beside it", () => {
    const { manager, folder } = withFolder({ "greet.md": greet, "_sign.md": "— us\n" });
    const template = manager.getTemplate("greet");
    expect(template.render({ who: "Ann" })).toBe("Greet Ann, warm. \nBye, Ann.\n— us");
    expect(template).toMatchObject({ options: { model: "opus" }, path: join(folder, "greet.md") });
    expect(() => manager.render("greet", {})).toThrow(/it lacks `who`/);
    expect(() => manager.render("greet", { who: "Ann", tone: "loud" })).toThrow(/tone/);
  });

  test("a file that changes holds at once, and one of a built-in name goes before that", () => {
    const { manager, folder } = withFolder({ "sql.md": "---\n---\nMine." });
    expect(manager.getTemplate("sql").render({} as never)).toBe("Mine.");
    writeFileSync(join(folder, "sql.md"), "---\n---\nOther.");
    expect(manager.render("sql", {})).toBe("Other.");
  });

  test("lists all with their variables; a file that is none is a problem, and the others are there", () => {
    const { manager } = withFolder({
      "greet.md": greet,
      "_sign.md": "x",
      "bad.md": "no head",
      "worse.md": "---\n: {\n---\n",
    });
    const list = manager.list();
    expect(list).toHaveLength(11);
    expect(list.find(({ name }) => name === "greet")?.variables).toEqual([
      { name: "who", type: "string", isRequired: true, description: "Whom to greet" },
      { name: "tone", type: '"warm" or "dry"', isRequired: false },
      { name: "note", type: "string", isRequired: false },
    ]);
    expect(list.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/`bad` .*bad\.md\) cannot be used: it has no front matter/),
      expect.stringMatching(/`worse` .*is not YAML/),
    ]);
    expect(() => manager.getTemplate("bad")).toThrow(/no front matter/);
  });

  test.each([
    [
      "an option that it cannot bring",
      "---\noptions: { hooks: {} }\n---\nx",
      /cannot bring the option `hooks`/,
    ],
    ["a field that is not known", "---\nvariabels: {}\n---\nx", /variabels/],
    [
      "a variable that is no schema",
      "---\nvariables: { a: { type: strange } }\n---\n{{a}}",
      /`a` is no JSON Schema/,
    ],
    ["another name than its file", "---\nname: other\n---\nx", /its head calls it `other`/],
  ])("a file with %s says so", (_what, text, message) => {
    expect(() => withFolder({ "t.md": text }).manager.getTemplate("t")).toThrow(message);
  });

  test.each([
    ["allowedTools", "{ allowedTools: [Read] }"],
    ["allowedTools", "{ allowed_tools: [Bash] }"],
    ["permissionMode", "{ permissionMode: acceptEdits }"],
  ])("a file grants no %s by %s, unless the manager lets it", (option, options) => {
    const { manager, folder } = withFolder({ "t.md": `---\noptions: ${options}\n---\nx` });
    expect(() => manager.getTemplate("t")).toThrow(`it brings the option \`${option}\``);
    expect(manager.list().problems).toMatchObject([
      { template: "t", hints: [expect.stringContaining("canGrant: true")] },
    ]);
    const trusting = new TemplateManager({ folders: [folder], canGrant: true });
    expect(trusting.getTemplate("t").options).toHaveProperty(option);
    expect(trusting.list().problems).toEqual([]);
  });

  test("a file may take away: fewer tools, and a mode under which less happens", () => {
    const options = "{ tools: [Read], disallowedTools: [Bash], permissionMode: plan, allowedTools: [] }";
    const { manager } = withFolder({ "t.md": `---\noptions: ${options}\n---\nx` });
    expect(manager.getTemplate("t").options).toMatchObject({ tools: ["Read"], permissionMode: "plan" });
  });

  test("saves nothing that grants what its files may not", async () => {
    const { manager, folder } = withFolder({});
    const spec = {
      name: "t",
      description: "",
      variables: {},
      body: "x",
      options: { allowedTools: ["Read"] },
    };
    await expect(manager.save(spec)).rejects.toThrow(/not for a file to say/);
    expect(existsSync(join(folder, "t.md"))).toBe(false);
  });

  test("saves a template so that it can be read again", async () => {
    const { manager, folder } = withFolder({});
    const spec = {
      name: "saved",
      description: "What: it is",
      variables: {
        who: z.string().describe("Whom"),
        n: z.int().min(1).default(3),
        list: z.array(z.string()).optional(),
      },
      body: "{{who}} {{n}} {{#list}}{{.}}{{/list}} {{> p}}\n",
      partials: { p: "---\np: {{n}}" },
      options: { model: "opus", tools: ["Read"] },
    };
    const path = await manager.save(spec);
    expect(path).toBe(join(folder, "saved.md"));
    const values = { who: "Ann", list: ["a", "b"] };
    expect(manager.render("saved", values)).toBe(defineTemplate(spec).render(values));
    expect(manager.getTemplate("saved")).toMatchObject({ description: "What: it is", options: spec.options });
    expect(() => manager.render("saved", { who: "Ann", n: 0 })).toThrow(/n/);
    expect(readFileSync(path, "utf8")).toMatch(/^---\nname: saved\n/);
  });

  test("saves nothing that cannot be used", async () => {
    const { manager, folder } = withFolder({});
    const bad = { name: "bad", description: "", variables: {}, body: "{{x}}" };
    await expect(manager.save(bad)).rejects.toThrow(/no variable of it/);
    const odd = { name: "odd", description: "", variables: { f: z.function() as never }, body: "{{f}}" };
    await expect(manager.save(odd)).rejects.toThrow(/cannot be written to a file/);
    expect(existsSync(join(folder, "bad.md"))).toBe(false);
    await expect(new TemplateManager({ folders: [] }).save({ ...bad, body: "x" })).rejects.toThrow(
      /no folder/,
    );
  });

  test("names the nearest template for one that is not there", () => {
    expect(() => new TemplateManager({ folders: [] }).getTemplate("code_reveiw")).toThrow(
      expect.objectContaining({
        code: "template_not_found",
        message: "There is no template `code_reveiw`. Did you mean `code_review`?",
      }),
    );
    expect(() => withFolder({}).manager.getTemplate("../../x")).toThrow(/no template/);
  });
});
