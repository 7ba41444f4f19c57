const { rspack } = require("@rspack/core");

/** The markdown stream looks at the names of markdown-it's rules, so functions keep theirs. */
const minimizerOptions = { mangle: { keep_fnames: true }, compress: { keep_fnames: true } };

module.exports = {
  optimization: {
    minimizer: [new rspack.SwcJsMinimizerRspackPlugin({ minimizerOptions })],
  },
  // What draws is loaded with the first answer.
  performance: { hints: false },
};
