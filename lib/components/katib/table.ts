/**
 * What differs from the release's entries: an entry of one's own by a new name, single fields of one of the release's, or `false` to
 * leave one out.
 */
export type Changes<Options> = Readonly<Record<string, Partial<Options> | false>>;

/** Entries by name, those of the release first, with what is wrong with the changes. */
export interface Changed<Options> {
  readonly entries: readonly (readonly [name: string, options: Options])[];
  readonly problems: readonly string[];
}

/**
 * The release's entries with the changes made.
 *
 * @param what the entries are called in messages
 * @param required fields that an entry cannot do without
 */
export function change<Options extends object>(
  what: string,
  release: Readonly<Record<string, Options>>,
  changes: Changes<Options>,
  required: keyof Options & string,
): Changed<Options> {
  const known = Object.keys(release);
  const problems = Object.entries(changes).flatMap(([name, entry]) => {
    if (entry === false)
      return known.includes(name) ? [] : [`${what} ${name} is left out, but there is none; there are ${known.join(', ')}`];
    return { ...release[name], ...entry }[required]
      ? []
      : [`${what} ${name} is not of the release and has no ${required}; give one`];
  });
  const names = [...new Set([...known, ...Object.keys(changes)])].filter((name) => changes[name] !== false);
  return { entries: names.map((name) => [name, { ...release[name], ...changes[name] } as Options]), problems };
}
