import type { Construct } from 'constructs';
import { secrets } from '../../crds-imports/core';
import { declare, Existing, Notes, namespaceOf, World } from '../core';

/** A key of a Secret, as an environment variable refers to it. */
export interface SecretKey {
  /** Name of the Secret. */
  readonly name: string;
  readonly key: string;
}

/** What a development Secret says: nobody takes it for a secret. */
const DEVELOPMENT_VALUE = 'for-development-only';

/** Where a password comes from. Its value is never part of the model, unless it is one for development. */
export abstract class Credentials {
  /**
   * A key of a Secret that is there before the program starts: made by hand, by an ExternalSecret, by a vault.
   *
   * @param secret name of the Secret, in the namespace of the program
   * @param key of the Secret under which the password stands
   */
  static existing(secret: string, key = 'password'): Credentials {
    return new ExistingSecret({ name: secret, key });
  }

  /** A Secret with a password that everybody can read here. For clusters that nobody else reaches. */
  static development(): Credentials {
    return new DevelopmentSecret();
  }

  /**
   * Declares what is needed for the password to be there.
   *
   * @param scope below the chart of the program
   * @param owner name of the program whose password it is
   */
  abstract provide(scope: Construct, owner: string): SecretKey;
}

class ExistingSecret extends Credentials {
  constructor(private readonly secret: SecretKey) {
    super();
  }

  override provide(scope: Construct): SecretKey {
    World.declare(scope, Existing.object(secrets, this.secret.name, namespaceOf(scope)));
    return this.secret;
  }
}

class DevelopmentSecret extends Credentials {
  override provide(scope: Construct, owner: string): SecretKey {
    const name = `${owner}-development`;
    const key = 'password';
    declare(scope, secrets, {
      metadata: { name },
      type: 'Opaque',
      data: { [key]: Buffer.from(DEVELOPMENT_VALUE).toString('base64') },
    });
    Notes.add(scope, `the password of ${owner} is written in the Secret ${name}; it is for development only`);
    return { name, key };
  }
}
