"""Claude Code in TypeScript notebooks: starts the npm package that this Python package carries."""
