import type { KernelSpec } from "@jupyterlab/services";
import { expect, test } from "vitest";
import { findKernelSpec } from "../../../kernel/remote/find-kernel-spec.js";

function specsOf(...rows: readonly (readonly [name: string, displayName: string, language: string])[]) {
  const kernelspecs = Object.fromEntries(
    rows.map(([name, display_name, language]) => [
      name,
      { name, display_name, language, argv: [], resources: {} } satisfies KernelSpec.ISpecModel,
    ]),
  );
  return { default: "python3", kernelspecs };
}

const python = ["python3", "Python 3", "python"] as const;
const url = "http://h/";

test("ours is found by its usual name, and by what it shows when it has another", () => {
  expect(findKernelSpec(specsOf(python, ["claude-notebook", "Renamed", "typescript"]), url)).toBe(
    "claude-notebook",
  );
  const cluster = ["claude_kubernetes", "TypeScript (Claude) on Kubernetes", "typescript"] as const;
  expect(findKernelSpec(specsOf(python, cluster), url)).toBe("claude_kubernetes");
});

test("a kernel that is named is taken, whatever it is", () => {
  expect(findKernelSpec(specsOf(python, ["mine", "Mine", "typescript"]), url, "mine")).toBe("mine");
});

test("a server without it is an error that lists what there is and how to install", () => {
  const deno = ["deno", "Deno", "typescript"] as const;
  expect(() => findKernelSpec(specsOf(python, deno), url)).toThrow(
    expect.objectContaining({
      code: "kernel-not-installed",
      message: 'http://h/ has no kernel "claude-notebook"; it has deno (Deno), python3 (Python 3).',
      hints: expect.arrayContaining([expect.stringContaining("claude-notebook install")]),
    }),
  );
  expect(() => findKernelSpec(specsOf(python), url, "mine")).toThrow('has no kernel "mine"');
});
