import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execaSync } from "execa";
import { tempFolder } from "./temp-folder.js";

/** A certificate for 127.0.0.1 that nobody vouches for, made by openssl. */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
  const folder = tempFolder();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execaSync("openssl", ["req", "-x509", ...kind, "-keyout", key, "-out", cert, ...subject]);
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}
