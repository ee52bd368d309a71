import type { PodSpec } from '../../../crds-imports/core';

type PullPolicy = NonNullable<NonNullable<PodSpec['containers']>[number]['imagePullPolicy']>;

/** Where the images of a scope come from and how they are pulled. One setting reaches every place that names an image. */
export interface ImageSettings {
  /**
   * A registry, with a path where it has one, that mirrors the release: `registry.example.com/mirror`. The mirrored image keeps
   * its path: `quay.io/jetstack/cert-manager-webhook` becomes `registry.example.com/mirror/jetstack/cert-manager-webhook`.
   * With several mirrors, one for each upstream host: `{ 'quay.io': 'registry.example.com/quay', 'docker.io': … }`.
   *
   * @default - the registries of the release
   */
  readonly registry?: string | Readonly<Record<string, string>>;

  /**
   * Another image for one repository: `{ 'quay.io/jetstack/cert-manager-webhook': 'registry.example.com/patched/webhook:v1.20.2-1' }`.
   * Taken as written, without the mirror. An override that matches no image of the model is an error.
   *
   * @default - none
   */
  readonly overrides?: Readonly<Record<string, string>>;

  /**
   * Digests to pin images to, by the reference of the release: `{ 'quay.io/jetstack/cert-manager-webhook:v1.20.2': 'sha256:…' }`.
   * A digest that matches no image of the model is an error.
   *
   * @default - tags only
   */
  readonly digests?: Readonly<Record<string, string>>;

  /**
   * Names of the Secrets with which every pod of the scope pulls its images; each namespace needs them.
   *
   * @default - none
   */
  readonly pullSecrets?: readonly string[];

  /**
   * Pull policy of every container of the scope.
   *
   * @default - what each component says
   */
  readonly pullPolicy?: PullPolicy;

  /**
   * Whether images that are not the release's, for instance those of users' own workloads, come from the mirror too.
   *
   * @default false
   */
  readonly rewriteOwn?: boolean;
}
