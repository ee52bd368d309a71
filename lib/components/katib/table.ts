import { Image } from '../../core';

/** A name of the release, or one's own. */
type Name<Known extends string> = Known | (string & Record<never, never>);

/**
 * What differs from the release's entries: an entry of one's own by a new name, single fields of one of the release's, or `false` to
 * leave one out.
 */
export type Changes<Known extends string, Options> = { readonly [Key in Name<Known>]?: Partial<Options> | false };

/** Entries by name, those of the release first, with what is wrong with the changes. */
export interface Changed<Options> {
  readonly entries: readonly (readonly [name: string, options: Options])[];
  readonly problems: readonly string[];
}

/**
 * The release's entries with the changes made.
 *
 * @param what the entries are called in messages
 */
export function change<Options extends { readonly image: string }>(
  what: string,
  release: Readonly<Record<string, Options>>,
  changes: Changes<string, Options> = {},
): Changed<Options> {
  const known = Object.keys(release);
  const names = [...new Set([...known, ...Object.keys(changes)])].filter((name) => changes[name] !== false);
  const entries = names.map((name) => [name, { ...release[name], ...changes[name] } as Options] as const);
  return {
    entries,
    problems: [
      ...Object.keys(changes)
        .filter((name) => changes[name] === false && !known.includes(name))
        .map((name) => `${what} ${name} is left out, but there is none; there are ${known.join(', ')}`),
      ...entries.flatMap(([name, { image }]) => {
        if (image === undefined) return [`${what} ${name} is not of the release, so it needs an image`];
        return Image.parse(image) ? [] : [`${what} ${name} has the image ${JSON.stringify(image)}, which is no image reference`];
      }),
    ],
  };
}
