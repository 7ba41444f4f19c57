// The platforms that a wheel is built for. zeromq carries several binaries for each; one N-API binary serves every Node.

/**
 * - `tag`: of the wheel, by https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/; the number is
 *   the oldest C library or system that the native parts run on, of which zeromq's asks for the newest.
 * - `os`, `cpu`, `libc`: what npm installs for.
 * - `zeromq`: the folder of its binary.
 */
export const wheelPlatforms = {
  "linux-x64": {
    tag: "manylinux_2_25_x86_64",
    os: "linux",
    cpu: "x64",
    libc: "glibc",
    zeromq: "linux/x64/node/glibc-127-Release",
  },
  "linux-arm64": {
    tag: "manylinux_2_25_aarch64",
    os: "linux",
    cpu: "arm64",
    libc: "glibc",
    zeromq: "linux/arm64/node/glibc-127-Release",
  },
  "linux-musl-x64": {
    tag: "musllinux_1_2_x86_64",
    os: "linux",
    cpu: "x64",
    libc: "musl",
    zeromq: "linux/x64/node/musl-127-Release",
  },
  "darwin-x64": {
    tag: "macosx_12_0_x86_64",
    os: "darwin",
    cpu: "x64",
    zeromq: "darwin/x64/node/libc-115-Release",
  },
  "darwin-arm64": {
    tag: "macosx_12_0_arm64",
    os: "darwin",
    cpu: "arm64",
    zeromq: "darwin/arm64/node/libc-115-Release",
  },
  "win32-x64": { tag: "win_amd64", os: "win32", cpu: "x64", zeromq: "win32/x64/node/msvc-115-Release" },
  "win32-arm64": {
    tag: "win_arm64",
    os: "win32",
    cpu: "arm64",
    zeromq: "win32/arm64/node/msvc-115-Release",
  },
};
