/** What the compiler options say of the language of cells; the rest concerns the checker alone. */
export interface LanguageOptions {
  readonly jsx: {
    readonly factory: string;
    readonly fragment: string;
    /** Where the automatic runtime comes from; undefined for calls of the factory. */
    readonly importSource: string | undefined;
  };
  /** Decorators as TypeScript had them before they were standardised. */
  readonly legacyDecorators: boolean;
  /** Fields of classes are assigned in the constructor, in place of being defined: `useDefineForClassFields` is false. */
  readonly assignsFields: boolean;
}

/** Reads them from compiler options as they stand in a tsconfig.json. */
export function languageOptions(options: Readonly<Record<string, unknown>>): LanguageOptions {
  const text = (name: string, otherwise: string): string =>
    typeof options[name] === "string" ? options[name] : otherwise;
  const isAutomatic = /^react-jsx/.test(text("jsx", ""));
  return {
    jsx: {
      factory: text("jsxFactory", "React.createElement"),
      fragment: text("jsxFragmentFactory", "React.Fragment"),
      importSource: isAutomatic ? text("jsxImportSource", "react") : undefined,
    },
    legacyDecorators: options.experimentalDecorators === true,
    assignsFields: options.useDefineForClassFields === false,
  };
}

/** The names that JSX refers to without mentioning them. */
export function jsxNames({ jsx }: LanguageOptions): string[] {
  return jsx.importSource ? [] : [jsx.factory, jsx.fragment].map((each) => each.split(".")[0] as string);
}
