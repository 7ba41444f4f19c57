/** The inputs of a chain and the outputs of its steps so far, by name. */
export type ChainContext = Readonly<Record<string, unknown>>;
