import type { Expression, SourceFile, TransformerFactory, Visitor } from "@tslab/typescript-for-tslab";
import type { Ts } from "./load-converter.js";

/** What is known of a text that the converter emitted. */
export interface Transpiled {
  readonly sourceMaps: readonly string[];
  readonly imports: readonly string[];
}

/** The converter's second pass (ES module → CommonJS), with a record of each text it makes. */
export interface TranspileRecorder {
  readonly transpileModule: Ts["transpileModule"];
  /** What was recorded for a text; forgets it. */
  take(text: string): Transpiled;
}

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;
const MAP_COMMENT = /\n?\/\/# sourceMappingURL=.*\s*$/;

/**
 * Records source maps and imports of what the converter emits, and leaves `import()` to the kernel: CommonJS output would
 * make it a `require`, which cannot load every ES module.
 */
export function recordTranspile(ts: Ts): TranspileRecorder {
  const recorded = new Map<string, Transpiled>();
  return {
    transpileModule(text, options) {
      const map = INLINE_MAP.exec(text);
      const { outputText, sourceMapText, ...rest } = ts.transpileModule(text.replace(INLINE_MAP, ""), {
        ...options,
        compilerOptions: { ...options.compilerOptions, sourceMap: true },
        transformers: { before: [rewriteDynamicImports(ts)] },
      });
      const output = outputText.replace(MAP_COMMENT, "");
      recorded.set(output, {
        sourceMaps:
          map?.[1] && sourceMapText ? [sourceMapText, Buffer.from(map[1], "base64").toString()] : [],
        imports: ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName),
      });
      return { ...rest, outputText: output };
    },
    take(text) {
      const found = recorded.get(text);
      recorded.delete(text);
      return found ?? { sourceMaps: [], imports: [] };
    },
  };
}

/** `import(x)` → `require.import(x)`. */
function rewriteDynamicImports(ts: Ts): TransformerFactory<SourceFile> {
  return (context) => {
    const visit: Visitor = (node) => {
      if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) {
        return ts.visitEachChild(node, visit, context);
      }
      const { factory } = ts;
      const callee = factory.createPropertyAccessExpression(factory.createIdentifier("require"), "import");
      const args = node.arguments.map((argument) => ts.visitNode(argument, visit) as Expression);
      return factory.createCallExpression(callee, undefined, args);
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}
