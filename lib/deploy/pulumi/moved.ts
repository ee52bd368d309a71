/** A construct, or an object, that has another place in the tree than it had in an earlier version of the program. */
export interface Move {
  /** Earlier path of construct ids, from the deployed app or construct downwards. */
  readonly from: string;
  /** Path now. */
  readonly to: string;
}

/**
 * Constructs of this library that have moved since 0.1.0, each by its path from its component downwards. What was deployed by an
 * earlier version is recognised by it; so an entry stays for ever.
 */
export const MOVED: readonly Move[] = [];

/** The earlier paths of a construct; a move may be told by the end of the path. */
export function earlierPaths(path: string, moves: readonly Move[]): string[] {
  return moves
    .filter(({ to }) => path === to || path.endsWith(`/${to}`))
    .map(({ from, to }) => path.slice(0, path.length - to.length) + from);
}
