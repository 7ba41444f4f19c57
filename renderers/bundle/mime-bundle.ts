/** A MIME bundle as Jupyter knows it: media type → text, or JSON for `+json` types. */
export type MimeBundle = Readonly<Record<string, unknown>>;
