/** Remembers the last `size` results of a pure function of a text: what is drawn again at each update is made once. */
export function rememberLast<Result>(size: number, make: (key: string) => Result): (key: string) => Result {
  const results = new Map<string, Result>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    results.set(key, made);
    if (results.size > size) results.delete(results.keys().next().value!);
    return made;
  };
}
