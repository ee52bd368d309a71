import type { Wait } from 'cdk8s-kubeflow';
import type { Kubectl, KubernetesObject, ServiceAccount } from './kubectl';

/**
 * Plays programs that run nowhere here, because no container does. Nothing but this is played: writing CA bundles, and turning
 * Certificates Ready; and only when the plan waits for it. It acts with the rights of the ServiceAccount of the program it plays.
 */
export class StandIn {
  /** What was played; several waves may wait for one thing. */
  private readonly played = new Set<string>();

  constructor(private readonly kubectl: Kubectl) {}

  /** Does what a wait is for, if it is one of these things and not done yet, and says what it did. */
  async play(wait: Wait): Promise<string | undefined> {
    const { resource, namespace, name } = wait;
    const thing = `${resource} ${namespace}/${name}`;
    if (this.played.has(thing)) return undefined;
    this.played.add(thing);
    if (wait.for.endsWith('.caBundle}')) return this.writeBundles(wait);
    if (wait.resource === 'certificates.cert-manager.io' && wait.for === 'condition=Ready') return this.issue(wait);
    return undefined;
  }

  private async writeBundles(wait: Wait): Promise<string> {
    const object = await this.find<WithClientConfigs>(wait.resource, wait.name);
    const [ca] = await this.kubectl.get<ConfigMap>('configmap', { namespace: 'kube-system', name: 'kube-root-ca.crt' });
    const caBundle = Buffer.from(ca?.data['ca.crt'] ?? '').toString('base64');
    const configs = clientConfigs(object);
    for (const config of configs) config.caBundle = caBundle;
    const writer = injects(object) ? CA_INJECTOR : await this.programBehind(configs);
    await this.kubectl.replace(object, writer);
    return `${writer.namespace}/${writer.name} writes the CA ${configs.length === 1 ? 'bundle' : 'bundles'} of ${object.kind} ${wait.name}`;
  }

  private async issue({ resource, name, namespace }: Wait): Promise<string> {
    const certificate = await this.find<Certificate>(resource, name, namespace);
    const { kind = 'Issuer', name: issuer } = certificate.spec.issuerRef;
    await this.find(`${kind.toLowerCase()}.cert-manager.io`, issuer, kind === 'Issuer' ? namespace : undefined);
    const ready = { type: 'Ready', status: 'True', reason: 'Ready', lastTransitionTime: new Date().toISOString() };
    await this.kubectl.replace({ ...certificate, status: { conditions: [ready] } }, CERT_MANAGER, 'status');
    return `${CERT_MANAGER.namespace}/${CERT_MANAGER.name} issues Certificate ${namespace}/${name}`;
  }

  /** The ServiceAccount of the workload that answers a webhook. */
  private async programBehind([config]: readonly ClientConfig[]): Promise<ServiceAccount> {
    const { namespace, name } = config?.service ?? {};
    const service = await this.find<Service>('services', String(name), namespace);
    const workloads = await this.kubectl.get<Workload>(['deployments', 'statefulsets'], { namespace });
    const workload = workloads.find(({ spec: { template } }) =>
      Object.entries(service.spec.selector).every(([label, value]) => template.metadata.labels[label] === value),
    );
    if (!workload || !namespace) throw new Error(`no workload is behind the Service ${namespace}/${name}`);
    return { namespace, name: workload.spec.template.spec.serviceAccountName ?? 'default' };
  }

  private async find<T extends KubernetesObject>(resource: string, name: string, namespace?: string): Promise<T> {
    const [object] = await this.kubectl.get<T>(resource, { name, namespace });
    if (!object) throw new Error(`${resource} ${namespace ? `${namespace}/` : ''}${name} is not in the cluster`);
    return object;
  }
}

const CERT_MANAGER: ServiceAccount = { namespace: 'cert-manager', name: 'cert-manager' };
const CA_INJECTOR: ServiceAccount = { namespace: 'cert-manager', name: 'cert-manager-cainjector' };

interface ClientConfig {
  readonly service?: { readonly namespace: string; readonly name: string };
  caBundle?: string;
}

/** A webhook configuration, or a definition whose versions a webhook converts. */
interface WithClientConfigs extends KubernetesObject {
  readonly webhooks?: readonly { readonly clientConfig: ClientConfig }[];
  readonly spec?: { readonly conversion?: { readonly webhook?: { readonly clientConfig: ClientConfig } } };
}

interface ConfigMap extends KubernetesObject {
  readonly data: Readonly<Record<string, string>>;
}

interface Certificate extends KubernetesObject {
  readonly spec: { readonly issuerRef: { readonly kind?: string; readonly name: string } };
}

interface Service extends KubernetesObject {
  readonly spec: { readonly selector: Readonly<Record<string, string>> };
}

interface Workload extends KubernetesObject {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: { readonly serviceAccountName?: string };
    };
  };
}

function clientConfigs({ webhooks, spec }: WithClientConfigs): ClientConfig[] {
  const conversion = spec?.conversion?.webhook;
  return [...(webhooks ?? []), ...(conversion ? [conversion] : [])].map(({ clientConfig }) => clientConfig);
}

/** Whether cert-manager's CA injector is asked to write the bundles; otherwise the webhook's own program does. */
function injects({ metadata }: KubernetesObject): boolean {
  return Object.keys(metadata.annotations ?? {}).some((name) => name.startsWith('cert-manager.io/inject-ca-from'));
}
