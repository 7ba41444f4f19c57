import { expect, test } from "vitest";
import { packagesLoadedBy } from "../../support/packages-loaded-by.js";

test("help and errors load no package at all", () => {
  const { packages, files } = packagesLoadedBy("kernel/cli/main.ts");
  expect(files.length).toBeGreaterThan(10);
  expect(packages.filter((name) => !name.startsWith("node:"))).toEqual([]);
});

test("exporting a notebook as it stands loads no ZeroMQ, web server or Jupyter client", () => {
  const { packages } = packagesLoadedBy("kernel/export/export-notebook.ts");
  expect(packages).toContain("zod");
  expect(packages.filter((name) => /zeromq|fastify|@jupyterlab|^ws$|tslab/.test(name))).toEqual([]);
});
