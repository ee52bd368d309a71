import type * as pulumi from '@pulumi/pulumi';

/** A construct that has another place in the tree than it had in an earlier version of the program. */
export interface Move {
  /** Earlier path, from the deployed app or construct downwards. */
  readonly from: string;
  /** Path now. */
  readonly to: string;
}

/**
 * Constructs of this library that have moved since 0.1.0, each by its path below the platform. The objects below a moved construct
 * keep their identity in every stack that was deployed before; so an entry stays for ever.
 */
export const MOVED: readonly Move[] = [];

/** The earlier paths of a construct. */
export function earlierPaths(path: string, moves: readonly Move[]): string[] {
  return moves.flatMap(({ from, to }) =>
    path === to ? [from] : path.endsWith(`/${to}`) ? [`${path.slice(0, -to.length)}${from}`] : [],
  );
}

/** Type token of the resource that stands for a construct. All have the same one: then a URN says nothing of who declares an object. */
export const CONSTRUCT = 'kubeflow:index:Construct';

/** Where a resource of a former path stood: under as many constructs as the path has, whatever they were. */
export function formerAlias(
  path: string,
  nameOf: (path: string) => string,
  urnOf: (name: string, parent: pulumi.Output<string>) => pulumi.Output<string>,
  root: pulumi.Output<string>,
): pulumi.Alias {
  const steps = path.split('/');
  let parent = root;
  for (let depth = 1; depth < steps.length; depth++) parent = urnOf(nameOf(steps.slice(0, depth).join('/')), parent);
  return { name: nameOf(path), parent };
}
