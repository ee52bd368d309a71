import type { PolicyRule } from '../../crds-imports/rbac.authorization.k8s.io';
import type { Kind, Resource } from './kind';

/**
 * Verbs of RBAC rules: those of requests, and those with a meaning of their own to one resource. `*` is for controllers that pass
 * it on: the API server lets nobody write a role with more than he has himself.
 */
export type Verb =
  | '*'
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection'
  | 'approve'
  | 'sign'
  | 'bind'
  | 'escalate'
  | 'impersonate'
  | 'use';

/** Everything one does with objects one by one. */
export const MANAGE: readonly Verb[] = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** To look at objects, and to follow their changes. */
export const READ: readonly Verb[] = ['get', 'list', 'watch'];

/** Rules of a Role or ClusterRole, made from the catalogue's values. */
export class Permission {
  private constructor(readonly rules: readonly PolicyRule[]) {}

  /** One rule for each API group among the resources. @internal */
  static _of(verbs: readonly Verb[], resources: readonly Resource[], names?: readonly string[]): Permission {
    const groups = new Map<string, string[]>();
    for (const { group, resource } of resources) groups.set(group, [...(groups.get(group) ?? []), resource]);
    return new Permission(
      [...groups].map(([group, ofGroup]) => ({
        apiGroups: [group],
        resources: ofGroup,
        ...(names && { resourceNames: names }),
        verbs: [...verbs],
      })),
    );
  }

  /** The rules of several permissions, one after the other. */
  static rules(permissions: readonly Permission[]): PolicyRule[] {
    return permissions.flatMap(({ rules }) => rules);
  }

  /** The same for some objects only. `create` and `list` cannot be limited to names. */
  named(...names: string[]): Permission {
    return new Permission(this.rules.map((rule) => ({ ...rule, resourceNames: names })));
  }

  /** Adds the rules of another permission. */
  and(other: Permission): Permission {
    return new Permission([...this.rules, ...other.rules]);
  }
}

/** Rules for kinds that a controller owns. */
export interface ManagePermission extends Permission {
  /** Also to read and write the status. */
  withStatus(): ManagePermission;
  /** Also to set finalizers, and with them owner references that block deletion. */
  withFinalizers(): ManagePermission;
}

/** Allows verbs: `allow('get', 'list').on(core.pods)`. */
export function allow(...verbs: Verb[]) {
  return { on: (...resources: Resource[]): Permission => Permission._of(verbs, resources) };
}

/** Allows everything a controller does with the objects of its kinds: create, delete, get, list, patch, update, watch. */
export function manage(...kinds: Kind[]): ManagePermission {
  const extend = (permission: Permission): ManagePermission =>
    Object.assign(permission, {
      withStatus: () => extend(permission.and(allow('get', 'patch', 'update').on(...kinds.map((kind) => kind.sub('status'))))),
      withFinalizers: () => extend(permission.and(allow('update').on(...kinds.map((kind) => kind.sub('finalizers'))))),
    });
  return extend(allow(...MANAGE).on(...kinds));
}

/** A resource that the catalogue does not have: of a product that the library does not know, or of a removed API group. */
export function resource(group: string, name: string): Resource {
  return { group, resource: name };
}
