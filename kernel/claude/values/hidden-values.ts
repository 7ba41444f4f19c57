/**
 * What is never described, wherever a cell has put it: the process with its environment, all globals, this package.
 *
 * @param isOwn whether a value is a part of this package.
 */
export function hiddenValues(isOwn: (value: unknown) => boolean): (value: object) => string | undefined {
  return (value) => {
    if (value === globalThis) return "[globalThis]";
    if (value === process || value === process.env) return "[process]";
    return isOwn(value) ? "[of claude-notebook]" : undefined;
  };
}
