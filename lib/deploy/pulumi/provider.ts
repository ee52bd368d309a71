import { Provider, type ProviderArgs } from '@pulumi/kubernetes/provider';
import * as pulumi from '@pulumi/pulumi';

/** The provider's settings that a deployment works best with. */
const SETTINGS = {
  // Programs reload their configuration; a new name for each change would have to reach everybody who mounts it.
  enableConfigMapMutable: true,
  enableSecretMutable: true,
  enableServerSideApply: true,
  // Creation takes over what is there already: objects that an interrupted `up` made without recording them, and those that
  // an earlier `destroy` left because they hold data.
  upsertExistingObjects: true,
} satisfies ProviderArgs;

/**
 * The provider of the Kubernetes SDK with the settings that a `Deployment` works best with: ConfigMaps and Secrets change in place,
 * and creation takes over objects that an interrupted or earlier deployment left. Settings that are given win.
 *
 * @param args `kubeconfig` and whatever else the SDK's provider takes. @default - the stack's configuration `kubernetes:kubeconfig`,
 * `kubernetes:context` and `kubernetes:cluster`, or else the cluster of the current kubeconfig
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/
 */
export function kubernetesProvider(name: string, args: ProviderArgs = {}, options: pulumi.ResourceOptions = {}): Provider {
  return new Provider(name, { ...SETTINGS, ...configured(), ...args }, options);
}

/** A provider of its own does not read the stack's configuration `kubernetes:context` by itself, as the default one does. */
function configured(): ProviderArgs {
  const config = new pulumi.Config('kubernetes');
  const { context, cluster, kubeconfig } = {
    context: config.get('context'),
    cluster: config.get('cluster'),
    kubeconfig: config.getSecret('kubeconfig'),
  };
  return { ...(context && { context }), ...(cluster && { cluster }), ...(kubeconfig && { kubeconfig }) };
}
