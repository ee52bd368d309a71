import type { Construct, IConstruct } from 'constructs';
import { secrets } from '../../../crds-imports/core';
import { declare, Existing, Notes, namespaceOf, World } from '../../core';

/** A key of a Secret, as an environment variable refers to it. */
export interface SecretKey {
  /** Name of the Secret. */
  readonly name: string;
  readonly key: string;
}

/** What a development Secret says: nobody takes it for a secret. */
const DEVELOPMENT_VALUE = 'for-development-only';

/**
 * Where secret values come from: a password, the two keys of an object store. They are never part of the model, unless they are for
 * development. Programs that share the values are given the same object.
 */
export abstract class Credentials {
  /**
   * A Secret that is there before the program starts: made by hand, by an ExternalSecret, by a vault.
   *
   * @param secret name of the Secret, in the namespace of the program
   * @param keys the key of the Secret under which the password stands; or those of all values, by what the program calls them. A value
   * that is not named has the key that the program calls it.
   */
  static existing(secret: string, keys: string | Readonly<Record<string, string>> = {}): Credentials {
    return new ExistingSecret(secret, typeof keys === 'string' ? { password: keys } : keys);
  }

  /** A Secret with values that everybody can read here. For clusters that nobody else reaches. */
  static development(): Credentials {
    return new DevelopmentSecret();
  }

  /**
   * Declares what is needed for a value to be there.
   *
   * @param scope below the chart of the program
   * @param owner name of the program whose value it is; where several share it, of the first
   * @param value what the program calls it
   */
  abstract provide(scope: Construct, owner: string, value?: string): SecretKey;
}

class ExistingSecret extends Credentials {
  constructor(
    private readonly secret: string,
    private readonly keys: Readonly<Record<string, string>>,
  ) {
    super();
  }

  override provide(scope: Construct, _owner: string, value = 'password'): SecretKey {
    World.declare(scope, Existing.object(secrets, this.secret, namespaceOf(scope)));
    return { name: this.secret, key: this.keys[value] ?? value };
  }
}

/** A Secret in one namespace of one app; its data grow with the values that are asked for. */
interface Declared {
  readonly name: string;
  readonly data: Record<string, string>;
}

class DevelopmentSecret extends Credentials {
  private readonly declared = new WeakMap<IConstruct, Map<string | undefined, Declared>>();

  override provide(scope: Construct, owner: string, value = 'password'): SecretKey {
    const { root } = scope.node;
    const inApp = this.declared.get(root) ?? new Map<string | undefined, Declared>();
    this.declared.set(root, inApp);
    const namespace = namespaceOf(scope);
    const { name, data } = inApp.get(namespace) ?? this.declare(scope, owner);
    inApp.set(namespace, { name, data });
    data[value] = Buffer.from(DEVELOPMENT_VALUE).toString('base64');
    return { name, key: value };
  }

  private declare(scope: Construct, owner: string): Declared {
    const declared: Declared = { name: `${owner}-development`, data: {} };
    declare(scope, secrets, { metadata: { name: declared.name }, type: 'Opaque', data: declared.data });
    Notes.add(scope, `the password of ${owner} is written in the Secret ${declared.name}; it is for development only`);
    return declared;
  }
}
