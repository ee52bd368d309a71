import * as pulumi from '@pulumi/pulumi';
import type { KubeflowComponents } from 'cdk8s-kubeflow';
import type { Definitions, Retention } from 'cdk8s-kubeflow/pulumi';
import type { Environment } from './environments/environment';
import { environments } from './platform';
import { typed } from './typed';

/** What the configuration of a stack says. */
export interface Settings {
  readonly environment: Environment;
  readonly definitions: Definitions;
  readonly retain: Retention;
}

/**
 * Reads the configuration of a stack:
 *
 * - `environment`: one of this repository's environments, by default `laptop`
 * - `components`: options of components, on top of those of the environment:
 *   `pulumi config set --path components.certManager.replicas 2`
 * - `definitions` and `retain`: as `DeploymentArgs` has them
 *
 * @throws RunError naming the key, the value and what is allowed
 */
export function settings(config = new pulumi.Config()): Settings {
  const environment = environments[choice(config, 'environment', Object.keys(environments))] as Environment;
  return {
    environment: withComponents(environment, config),
    definitions: choice(config, 'definitions', ['included', 'only', 'existing']),
    retain: choice(config, 'retain', ['data', 'nothing']),
  };
}

/** The first of the allowed values is the default. */
function choice<T extends string>(config: pulumi.Config, key: string, allowed: readonly T[]): T {
  const value = config.get(key) ?? allowed[0];
  if (allowed.includes(value as T)) return value as T;
  throw new pulumi.RunError(
    `${config.name}:${key} is ${JSON.stringify(value)}, must be ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`,
  );
}

function withComponents(environment: Environment, config: pulumi.Config): Environment {
  const configured = config.getObject<object>('components') ?? {};
  if (Object.keys(configured).length === 0) return environment;
  const { platform } = environment;
  const options = checked(configured, `${config.name}:components`);
  const components = Object.fromEntries(
    [...new Set([...Object.keys(platform.components), ...Object.keys(options)])].map((name) => {
      const component = name as keyof KubeflowComponents;
      return [name, { ...platform.components[component], ...options[component] }];
    }),
  );
  return { ...environment, platform: { ...platform, components } };
}

function checked(components: unknown, source: string): KubeflowComponents {
  try {
    return typed(components, 'KubeflowComponents', source);
  } catch (error) {
    throw new pulumi.RunError((error as Error).message);
  }
}
