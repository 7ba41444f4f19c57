import { readFileSync } from "node:fs";
import { join } from "node:path";

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");

/**
 * A certificate for 127.0.0.1 that nobody vouches for, with its key, which is of use to tests alone. Stored, since not every
 * machine has an openssl; it is valid until 2126.
 */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
  return { key: fixture("self-signed-key.pem"), cert: fixture("self-signed-certificate.pem") };
}
