import * as pulumi from '@pulumi/pulumi';
import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb';
import type { MockMonitor, MockResourceArgs } from '@pulumi/pulumi/runtime/mocks';
import { disconnect, getMonitor } from '@pulumi/pulumi/runtime/settings';

/** A resource as the engine is asked for it. The values that mocks are given lack most of this. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly provider: string;
  readonly version: string;
  readonly dependsOn: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly retainOnDelete: boolean;
  readonly secretOutputs: readonly string[];
  readonly aliases: readonly { readonly name?: string; readonly type?: string; readonly parent?: string }[];
  /** Inputs on the wire, in which secrets and unknown values are marked. */
  readonly inputs: Wire;
}

export type Wire = { readonly [name: string]: unknown };

const DEFINITION = 'kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition';

/** How a secret is marked on the wire. */
const SECRET = '4dabf18193072939515e22adb298388d';

/** What stands on the wire for a value that a preview does not know. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** The value inside a secret; undefined for anything else. */
export function secretValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null && SECRET in value ? (value as { value?: unknown }).value : undefined;
}

export interface RecordOptions {
  /** @default false */
  readonly preview?: boolean;
  /** Outputs of a resource besides its inputs. @default - none */
  readonly outputs?: (resource: MockResourceArgs) => Record<string, unknown>;
  /** Configuration of the program, by `project:key`. @default - none */
  readonly config?: Readonly<Record<string, string>>;
}

/** Everything that a program registered. */
export class Recording<T> {
  constructor(
    readonly resources: readonly Registered[],
    readonly result: T,
  ) {}

  /** The resources of a type. */
  ofType(type: string): Registered[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The only resource of a name, and of a type where several have the name. */
  get(name: string, type?: string): Registered {
    const found = this.resources.filter((resource) => resource.name === name && (type === undefined || resource.type === type));
    if (found.length !== 1)
      throw new Error(
        `${found.length} resources ${name} among ${this.resources.map((resource) => `${resource.type} ${resource.name}`).join('\n')}`,
      );
    return found[0] as Registered;
  }
}

/** Runs a program against the SDK's mocked engine and records the raw requests. */
export async function record<T>(
  program: () => T | Promise<T>,
  { preview = false, outputs, config = {} }: RecordOptions = {},
): Promise<Recording<T>> {
  await pulumi.runtime.setMocks(
    {
      // Definitions are large, and nobody reads what becomes of them.
      newResource: (resource) => ({
        id: `${resource.name}-id`,
        state: resource.type === DEFINITION ? {} : { ...resource.inputs, ...outputs?.(resource) },
      }),
      call: ({ inputs }) => inputs,
    },
    'project',
    'stack',
    preview,
  );
  pulumi.runtime.setAllConfig({ ...config });
  const requests: RegisterResourceRequest[] = [];
  const monitor = getMonitor() as unknown as MockMonitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requests.push(request);
    return register(request, callback);
  };
  const result = await program();
  await disconnect();
  return new Recording(
    requests.map((request) => registered(request, monitor)),
    result,
  );
}

function registered(request: RegisterResourceRequest, monitor: MockMonitor): Registered {
  return {
    type: request.getType(),
    name: request.getName(),
    // biome-ignore lint/complexity/useLiteralKeys: private, and the only way to the URN that the monitor gives
    urn: monitor['newUrn'](request.getParent(), request.getType(), request.getName()),
    custom: request.getCustom(),
    parent: request.getParent(),
    provider: request.getProvider(),
    version: request.getVersion(),
    dependsOn: request.getDependenciesList(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    retainOnDelete: request.getRetainondelete() ?? false,
    secretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: request.getAliasesList().map((alias) => {
      const spec = alias.getSpec();
      return { name: spec?.getName(), type: spec?.getType(), parent: spec?.getParenturn() };
    }),
    inputs: (request.getObject()?.toJavaScript() ?? {}) as Wire,
  };
}
