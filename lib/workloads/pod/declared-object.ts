/**
 * A Secret, a ConfigMap, a ServiceAccount or a claim that the program declares: one of cdk8s-plus, whichever of its packages it is from,
 * or a `KubeObject`. Only its name is read, so that no version of cdk8s-plus is asked for.
 */
export interface DeclaredObject {
  readonly kind: string;
  readonly name: string;
}
