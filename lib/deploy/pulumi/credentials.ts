import { createRequire } from 'node:module';
import * as pulumi from '@pulumi/pulumi';
import type { RandomPassword } from '@pulumi/random';
import type { Construct } from 'constructs';
import { secrets } from '../../../crds-imports/core';
import { Credentials, type SecretKey } from '../../blocks/store/credentials';
import { declare } from '../../core';
import { asString } from './outputs';

/**
 * Credentials whose value the deployment knows, in place of those for development: `credentialsOf(password('katib'))`, or a secret of
 * the stack's configuration. The component gets a Secret with it.
 */
export function credentialsOf(value: pulumi.Input<string>): Credentials {
  return new KnownCredentials(value);
}

class KnownCredentials extends Credentials {
  constructor(private readonly value: pulumi.Input<string>) {
    super();
  }

  override provide(scope: Construct, owner: string): SecretKey {
    const name = `${owner}-credentials`;
    const key = 'password';
    declare(scope, secrets, { metadata: { name }, type: 'Opaque', stringData: { [key]: asString(this.value) } });
    return { name, key };
  }
}

/** A generated credential. */
export interface PasswordOptions {
  /**
   * Number of characters.
   *
   * @default 32
   */
  readonly length?: number;

  /**
   * Whether other characters than letters and digits occur. Connection strings and configuration files seldom escape them.
   *
   * @default false
   */
  readonly special?: boolean;
}

/**
 * A password that is generated once per stack and kept, as a secret, in its state. Give it to whatever takes the value of a
 * credential: `asString(password('mysql'))`.
 *
 * Needs the package `@pulumi/random`.
 *
 * @throws RunError when the package is not installed
 */
export function password(
  name: string,
  { length = 32, special = false }: PasswordOptions = {},
  options: pulumi.CustomResourceOptions = {},
): pulumi.Output<string> {
  const Password = randomPassword();
  return pulumi.secret(new Password(name, { length, special }, options).result);
}

/** The package is only needed by those who generate credentials. */
function randomPassword(): typeof RandomPassword {
  try {
    return (createRequire(__filename)('@pulumi/random') as { RandomPassword: typeof RandomPassword }).RandomPassword;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new pulumi.RunError('password() needs the package @pulumi/random; npm install @pulumi/random');
  }
}
