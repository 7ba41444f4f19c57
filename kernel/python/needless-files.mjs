// What the dependencies carry and nothing of ours reads when it runs.

/** Patterns of files under node_modules, with `/` between folders. Types stay: cells are checked against them. */
export const needlessFiles = [
  { pattern: /^\.bin\/|^\.package-lock\.json$/, why: "npm's own notes" },
  { pattern: /\.map$/, why: "for debuggers" },
  {
    pattern: /\.(tsbuildinfo|flow|markdown)$|(^|\/)(readme|changelog|history)[^/]*\.md$/i,
    why: "for people",
  },
  {
    pattern: /(^|\/)(test|tests|__tests__|docs|example|examples|benchmarks?)\//,
    why: "for the package's authors",
  },
  { pattern: /^zeromq\/(src|script)\/|^zeromq\/(CMakeLists\.txt|vcpkg\.json)$/, why: "to compile it anew" },
  { pattern: /^cmake-ts\/(src\/|build\/(?!loader\.js$))/, why: "zeromq uses the loader of it" },
  {
    pattern:
      /^@tslab\/typescript-for-tslab\/lib\/((tsserver|tsserverlibrary|tsc|typingsInstaller|watchGuard|cancellationToken|dynamicImportCompat)\b.*|[a-z]{2}(-[a-z]{2})?\/.*)$/,
    why: "TypeScript's other programs and languages; tslab uses typescript.js",
  },
  { pattern: /^highlight\.js\/(styles|scss)\//, why: "styles that are not ours" },
  { pattern: /^katex\/(src|contrib)\//, why: "sources" },
  { pattern: /^zod\/src\//, why: "sources" },
];

/** Whether the wheel for a platform does without a file. @param zeromq the folder of its binary */
export function isNeedless(path, zeromq) {
  if (path.startsWith("claude-notebook/")) return false;
  const isOtherBinary = /^zeromq\/build\/.*\.node$/.test(path) && !path.startsWith(`zeromq/build/${zeromq}/`);
  return isOtherBinary || needlessFiles.some(({ pattern }) => pattern.test(path));
}
