import { join } from "node:path";
import { execa } from "execa";
import { cachedFolder } from "./cached-folder.js";
import { installPackages } from "./npm-packages.js";
import { createVirtualEnv } from "./python-env.js";

/** Enterprise Gateway wants jupyter_client 6, which nothing else here does, and a `distutils`: it gets an environment of its own. */
const ENTERPRISE_GATEWAY = ["jupyter_enterprise_gateway==3.3.0", "setuptools==80.9.0"];

/** What stands before a JupyterHub and its users' servers. */
const HUB_PROXY = "configurable-http-proxy@5.3.0";

/** Why this machine can have no Enterprise Gateway; undefined when it can. */
export async function whyNoEnterpriseGateway(): Promise<string | undefined> {
  const { stdout } = await execa("python3", ["-c", "import sys; print(*sys.version_info[:2])"]);
  const [major = 0, minor = 0] = stdout.split(" ").map(Number);
  if (major === 3 && minor < 12) return undefined;
  return `Enterprise Gateway 3.3.0 wants pyzmq 24, of which there are no wheels for Python ${major}.${minor}: it takes 3.11 or older.`;
}

/** The path of `jupyter-enterprisegateway`, fetched from PyPI the first time. */
export async function ensureEnterpriseGateway(): Promise<string> {
  const prefix = await cachedFolder("enterprise-gateway-3.3.0", (folder) =>
    createVirtualEnv(folder, ENTERPRISE_GATEWAY),
  );
  return join(prefix, "bin", "jupyter-enterprisegateway");
}

/** The path of JupyterHub's proxy, a Node program, fetched from the npm registry the first time. */
export async function ensureHubProxy(): Promise<string> {
  const prefix = await cachedFolder("hub-proxy-5.3.0", (folder) => installPackages(folder, [HUB_PROXY]));
  return join(prefix, "node_modules", "configurable-http-proxy", "bin", "configurable-http-proxy");
}
