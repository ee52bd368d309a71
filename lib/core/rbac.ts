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

/** Verbs that RBAC cannot limit to names: at the time of the request, the object has none or is not named. */
const NAMELESS: readonly string[] = ['create', 'deletecollection'];

/** Rules of a Role or ClusterRole, made from the catalogue's values. */
export class Permission {
  protected constructor(readonly rules: readonly PolicyRule[]) {}

  /** One rule for each API group among the resources. @internal */
  static _of(verbs: readonly Verb[], resources: readonly Resource[]): Permission {
    return new Permission(rulesOf(verbs, resources));
  }

  /** The rules of several permissions, one after the other. */
  static rules(permissions: readonly Permission[]): PolicyRule[] {
    return permissions.flatMap(({ rules }) => rules);
  }

  /**
   * The same for some objects only. `list` and `watch` are then allowed for requests that select one of them by its name.
   *
   * @throws Error when a verb is among them that cannot be limited to names, but for subresources: `create`, `deletecollection`
   */
  named(...names: string[]): Permission {
    for (const { verbs, resources = [] } of this.rules) {
      const whole = resources.find((name) => !name.includes('/'));
      const verb = verbs.find((name) => NAMELESS.includes(name));
      if (whole && verb) throw new Error(`${verb} ${whole} cannot be limited to names; allow it apart from the others`);
    }
    return new Permission(this.rules.map((rule) => ({ ...rule, resourceNames: names })));
  }

  /** Adds the rules of another permission. */
  and(other: Permission): Permission {
    return new Permission([...this.rules, ...other.rules]);
  }
}

/** Rules for kinds that a controller owns. */
export class ManagePermission extends Permission {
  private constructor(
    private readonly kinds: readonly Kind[],
    rules: readonly PolicyRule[],
  ) {
    super(rules);
  }

  /** @internal */
  static _ofKinds(kinds: readonly Kind[]): ManagePermission {
    return new ManagePermission(kinds, rulesOf(MANAGE, kinds));
  }

  /** Also to read and write the status. */
  withStatus(): ManagePermission {
    return this.with(['get', 'patch', 'update'], 'status');
  }

  /** Also to set finalizers, and with them owner references that block deletion. */
  withFinalizers(): ManagePermission {
    return this.with(['update'], 'finalizers');
  }

  private with(verbs: readonly Verb[], subresource: string): ManagePermission {
    const resources = this.kinds.map((kind) => kind.sub(subresource));
    return new ManagePermission(this.kinds, [...this.rules, ...rulesOf(verbs, resources)]);
  }
}

/** One rule for each API group among the resources, in the order in which they come. */
function rulesOf(verbs: readonly Verb[], resources: readonly Resource[]): PolicyRule[] {
  const groups = new Map<string, string[]>();
  for (const { group, resource: name } of resources) groups.set(group, [...(groups.get(group) ?? []), name]);
  return [...groups].map(([group, names]) => ({ apiGroups: [group], resources: names, verbs: [...verbs] }));
}

/** Allows verbs: `allow('get', 'list').on(core.pods)`. */
export function allow(...verbs: Verb[]) {
  return { on: (...resources: Resource[]): Permission => Permission._of(verbs, resources) };
}

/** Allows everything a controller does with the objects of its kinds: create, delete, get, list, patch, update, watch. */
export function manage(...kinds: Kind[]): ManagePermission {
  return ManagePermission._ofKinds(kinds);
}

/** A resource that the catalogue does not have: of a product that the library does not know, or of a removed API group. */
export function resource(group: string, name: string): Resource {
  return { group, resource: name };
}
