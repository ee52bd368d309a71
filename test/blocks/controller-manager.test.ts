import { Chart } from 'cdk8s';
import type { Deployment } from '../../crds-imports/apps';
import type { Service } from '../../crds-imports/core';
import type { NetworkPolicy } from '../../crds-imports/networking.k8s.io';
import { allow, Component, core, Image, kubeflow, type Manifest, manage } from '../../lib';
import { ControllerManager, type ControllerManagerProps, on, Replicas, WebhookCertificate } from '../../lib/blocks';
import { assembled, teamChart } from '../support/app';
import { find } from '../support/platform';

class Product extends Component {}

const PROGRAM: ControllerManagerProps = {
  image: Image.of('example.com/manager:1'),
  replicas: Replicas.any(),
  selector: { app: 'manager' },
  resources: { requests: { cpu: '10m', memory: '10Mi' } },
};

/** A controller in a component of the namespace `system`, assembled. */
function controller(props: Partial<ControllerManagerProps> = {}) {
  const component = new Product(teamChart(), 'product', { namespace: 'system' });
  new ControllerManager(component, 'manager', { ...PROGRAM, ...props });
  return assembled(component);
}

/** The kinds and names of what a controller declares. */
function declared(props: Partial<ControllerManagerProps> = {}): string[] {
  return controller(props).model.manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

function container(props: Partial<ControllerManagerProps>) {
  const [first] =
    (find(controller(props), 'Deployment', 'manager') as unknown as Deployment).spec?.template.spec?.containers ?? [];
  return first;
}

describe('a program', () => {
  test('is a ServiceAccount and a Deployment, and nothing that it did not ask for', () => {
    expect(declared()).toStrictEqual(['ServiceAccount manager', 'Deployment manager']);
    expect(find(controller(), 'ServiceAccount', 'manager')).toMatchObject({ automountServiceAccountToken: false });
    expect(container({})).toStrictEqual({
      name: 'manager',
      image: 'example.com/manager:1',
      imagePullPolicy: 'IfNotPresent',
      resources: { requests: { cpu: '10m', memory: '10Mi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    });
  });

  test('is selected by its selector alone, while everything has all labels', () => {
    const assembly = controller({
      labels: { version: 'v1' },
      podLabels: { inject: 'no' },
      ports: [{ port: 80, name: 'http', served: {} }],
    });
    const labels = { version: 'v1', app: 'manager' };
    expect(find(assembly, 'Deployment', 'manager')).toMatchObject({
      metadata: { labels },
      spec: { selector: { matchLabels: { app: 'manager' } }, template: { metadata: { labels: { ...labels, inject: 'no' } } } },
    });
    expect((find(assembly, 'Service', 'manager') as unknown as Service).spec?.selector).toStrictEqual({ app: 'manager' });
    expect(find(assembly, 'ServiceAccount', 'manager').metadata.labels).toStrictEqual(labels);
  });

  test('runs as the standard `restricted` asks for, with the fields that it gives instead', () => {
    expect(find(controller(), 'Deployment', 'manager')).toMatchObject({
      spec: { template: { spec: { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } } } },
    });
    expect(container({ security: { runAsUser: 5, readOnlyRootFilesystem: false } })?.securityContext).toMatchObject({
      runAsUser: 5,
      readOnlyRootFilesystem: false,
      allowPrivilegeEscalation: false,
    });
  });

  test('is started as it says', () => {
    const env = [{ name: 'A', value: 'b' }];
    expect(container({ command: ['/run'], args: ['--x'], env, names: { container: 'main' } })).toMatchObject({
      name: 'main',
      command: ['/run'],
      args: ['--x'],
      env,
    });
  });
});

describe('permissions', () => {
  const permissions = [manage(kubeflow.tfjobs)];
  const BOUND = { subjects: [{ kind: 'ServiceAccount', name: 'manager', namespace: 'system' }] };

  test('are a ClusterRole of the name of the program, bound to it', () => {
    const assembly = controller({ permissions });
    expect(find(assembly, 'ClusterRole', 'manager')).toMatchObject({ rules: [{ resources: ['tfjobs'] }] });
    expect(find(assembly, 'ClusterRoleBinding', 'manager')).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'manager' },
      ...BOUND,
    });
    expect(find(assembly, 'ServiceAccount', 'manager')).toMatchObject({ automountServiceAccountToken: true });
  });

  test('may have names of their own, and a namespace', () => {
    const roles = [
      { name: 'reader', permissions },
      { name: 'writer', namespace: 'elsewhere', permissions: [allow('update').on(core.secrets)] },
    ];
    expect(declared({ roles }).filter((name) => name.includes('Role'))).toStrictEqual([
      'ClusterRole reader',
      'ClusterRoleBinding reader',
      'Role writer',
      'RoleBinding writer',
    ]);
    const assembly = controller({ roles });
    expect(find(assembly, 'RoleBinding', 'writer', 'elsewhere')).toMatchObject({
      roleRef: { kind: 'Role', name: 'writer' },
      ...BOUND,
    });
  });

  test('of a leader election are those for its Leases, and to tell of it', () => {
    const replicas = Replicas.electing({ namespace: 'kube-system', leases: ['one', 'two'], role: 'election' });
    const assembly = controller({ replicas });
    expect(find(assembly, 'Role', 'election', 'kube-system').rules).toStrictEqual([
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        verbs: ['get', 'update', 'patch'],
        resourceNames: ['one', 'two'],
      },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ]);
    expect(find(assembly, 'RoleBinding', 'election', 'kube-system')).toMatchObject(BOUND);
  });
});

describe('one declaration of a port', () => {
  /** What follows from the ports of the metrics, the health and the webhooks. */
  function following(metrics: number, health: number, webhook: number, served?: number) {
    const assembly = controller({
      ports: [{ port: metrics, name: 'metrics', served: {} }],
      health: { port: { port: health, name: 'health' }, liveness: { path: '/live' }, readiness: { path: '/ready' } },
      webhooks: {
        port: { port: webhook, name: 'webhook', served: { service: 'hooks', port: served } },
        certificate: WebhookCertificate.writtenByController('cert'),
        validating: [
          { name: 'validator', webhooks: [{ name: 'v.example.com', path: '/v', rules: on(['CREATE'], kubeflow.tfjobs) }] },
        ],
        mutating: [
          { name: 'mutator', webhooks: [{ name: 'm.example.com', path: '/m', rules: on(['CREATE'], kubeflow.tfjobs) }] },
        ],
      },
    });
    const [main] = (find(assembly, 'Deployment', 'manager') as unknown as Deployment).spec?.template.spec?.containers ?? [];
    const portsOf = (name: string) =>
      (find(assembly, 'Service', name) as unknown as Service).spec?.ports?.map(({ port, targetPort }) => [port, targetPort]);
    const clients = ['ValidatingWebhookConfiguration validator', 'MutatingWebhookConfiguration mutator'].map((id) => {
      const [kind = '', name = ''] = id.split(' ');
      return (find(assembly, kind, name) as Manifest & { webhooks: { clientConfig: { service: { port?: number } } }[] })
        .webhooks[0]?.clientConfig.service.port;
    });
    return {
      container: main?.ports?.map(({ name, containerPort }) => [name, containerPort]),
      probes: [main?.livenessProbe?.httpGet?.port, main?.readinessProbe?.httpGet?.port],
      services: { manager: portsOf('manager'), hooks: portsOf('hooks') },
      clients,
      policy: (find(assembly, 'NetworkPolicy', 'manager-webhook') as unknown as NetworkPolicy).spec?.ingress?.[0]?.ports?.map(
        ({ port }) => port,
      ),
    };
  }

  test('is followed by the container, the probes, the Services, the webhooks and the network policy', () => {
    expect(following(8080, 8081, 9443)).toStrictEqual({
      container: [
        ['metrics', 8080],
        ['webhook', 9443],
        ['health', 8081],
      ],
      probes: ['health', 'health'],
      services: { manager: [[8080, 'metrics']], hooks: [[9443, 'webhook']] },
      clients: [9443, 9443],
      policy: [9443],
    });
    expect(following(1, 2, 3, 443)).toStrictEqual({
      container: [
        ['metrics', 1],
        ['webhook', 3],
        ['health', 2],
      ],
      probes: ['health', 'health'],
      services: { manager: [[1, 'metrics']], hooks: [[443, 'webhook']] },
      // 443 is what Kubernetes assumes.
      clients: [undefined, undefined],
      policy: [3],
    });
  });

  test('without a name is followed by its number', () => {
    const health = { port: { port: 8081 }, liveness: { path: '/live', scheme: 'HTTPS' as const, periodSeconds: 3 } };
    expect(container({ health, ports: [{ port: 8080, served: { name: 'metrics' } }] })).toMatchObject({
      ports: [{ containerPort: 8080, protocol: 'TCP' }],
      livenessProbe: { httpGet: { path: '/live', port: 8081, scheme: 'HTTPS' }, periodSeconds: 3 },
    });
    const { ports } =
      (find(controller({ ports: [{ port: 8080, served: { name: 'metrics' } }] }), 'Service', 'manager') as unknown as Service)
        .spec ?? {};
    expect(ports).toStrictEqual([{ name: 'metrics', port: 8080, protocol: 'TCP', targetPort: 8080 }]);
  });

  test('may serve under another number and name, to the container port by its number', () => {
    const ports = [{ port: 9443, name: 'webhook', served: { port: 443, name: 'https', byNumber: true } }];
    expect((find(controller({ ports }), 'Service', 'manager') as unknown as Service).spec?.ports).toStrictEqual([
      { name: 'https', port: 443, protocol: 'TCP', targetPort: 9443 },
    ]);
  });

  test('may be that of metrics and health at once, under one name', () => {
    const health = (name: string) => ({ port: { port: 8080, name }, readiness: { path: '/metrics' } });
    const ports = [{ port: 8080, name: 'metrics' }];
    expect(container({ ports, health: health('metrics') })?.ports).toHaveLength(1);
    expect(() => container({ ports, health: health('health') })).toThrow(
      'team/product/manager: port 8080 is called metrics and health; give it one name',
    );
  });

  test('that is not served has no Service', () => {
    expect(declared({ ports: [{ port: 8080, name: 'metrics' }] })).not.toContain('Service manager');
  });
});

describe('the certificate of webhooks', () => {
  const webhooks = (certificate: WebhookCertificate) => ({
    port: { port: 9443, name: 'webhook', served: {} },
    certificate,
    validating: [
      {
        name: 'validator',
        webhooks: [
          { name: 'v.example.com', path: '/v', rules: on(['CREATE', 'UPDATE'], kubeflow.tfjobs, kubeflow.mpijobs, core.pods) },
        ],
      },
    ],
  });

  test('that the program writes is an empty Secret that it mounts', () => {
    const assembly = controller({ webhooks: webhooks(WebhookCertificate.writtenByController('cert', '/certs')) });
    expect(find(assembly, 'Secret', 'cert', 'system')).not.toHaveProperty('data');
    expect(
      container({ webhooks: webhooks(WebhookCertificate.writtenByController('cert', '/certs')) })?.volumeMounts,
    ).toStrictEqual([{ name: 'cert', mountPath: '/certs', readOnly: true }]);
    expect(find(assembly, 'ValidatingWebhookConfiguration', 'validator').metadata).not.toHaveProperty('annotations');
  });

  test('that the program writes is the only one that it may change', () => {
    const rule = (group: string, resource: string, verbs: string[], ...resourceNames: string[]) => ({
      apiGroups: [group],
      resources: [resource],
      verbs,
      ...(resourceNames.length > 0 && { resourceNames }),
    });
    const assembly = controller({ webhooks: webhooks(WebhookCertificate.writtenByController('cert')) });
    const configurations = ['admissionregistration.k8s.io', 'validatingwebhookconfigurations'] as const;
    expect(find(assembly, 'ClusterRole', 'manager-webhook-certificate').rules).toStrictEqual([
      rule(...configurations, ['list', 'watch']),
      rule(...configurations, ['get', 'update'], 'validator'),
    ]);
    expect(find(assembly, 'Role', 'manager-webhook-certificate', 'system').rules).toStrictEqual([
      rule('', 'secrets', ['list', 'watch']),
      rule('', 'secrets', ['get', 'update'], 'cert'),
    ]);
    const issued = controller({ webhooks: webhooks(WebhookCertificate.injectedFromSecret('ca')) });
    expect(issued.model.manifests.filter(({ kind }) => kind.endsWith('Role'))).toEqual([]);
  });

  test('whose CA is injected from a Secret is named in the configuration', () => {
    const assembly = controller({ webhooks: webhooks(WebhookCertificate.injectedFromSecret('ca')) });
    expect(find(assembly, 'ValidatingWebhookConfiguration', 'validator').metadata.annotations).toStrictEqual({
      'cert-manager.io/inject-ca-from-secret': 'system/ca',
    });
    expect(assembly.model.manifests.some(({ kind }) => kind === 'Secret')).toBe(false);
  });

  test('that is issued is for the Service, and everything waits for it', () => {
    const issuer = { kind: 'ClusterIssuer', name: 'ca' };
    const assembly = controller({ webhooks: webhooks(WebhookCertificate.issued({ name: 'serving', secret: 'tls', issuer })) });
    expect(find(assembly, 'Certificate', 'serving', 'system').spec).toStrictEqual({
      secretName: 'tls',
      issuerRef: issuer,
      commonName: 'manager.system.svc',
      dnsNames: ['manager.system.svc'],
    });
    const [gate] = assembly.plan.gates;
    expect([gate?.object.kind, gate?.waitsFor.kind, gate?.ready]).toStrictEqual(['Deployment', 'Certificate', 'Ready']);
  });

  test('is for webhooks with what nearly all have', () => {
    const assembly = controller({ webhooks: webhooks(WebhookCertificate.injectedFromSecret('ca')) });
    expect(find(assembly, 'ValidatingWebhookConfiguration', 'validator').webhooks).toStrictEqual([
      {
        name: 'v.example.com',
        admissionReviewVersions: ['v1'],
        clientConfig: { service: { name: 'manager', namespace: 'system', path: '/v', port: 9443 } },
        failurePolicy: 'Fail',
        sideEffects: 'None',
        rules: [
          {
            apiGroups: ['kubeflow.org'],
            apiVersions: ['v1'],
            resources: ['tfjobs', 'mpijobs'],
            operations: ['CREATE', 'UPDATE'],
          },
          { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE', 'UPDATE'] },
        ],
      },
    ]);
  });
});

test('ids say what the objects are', () => {
  const component = new Product(teamChart(), 'product', { namespace: 'system' });
  new ControllerManager(component, 'manager', { ...PROGRAM, roles: [{ name: 'r', namespace: 'other', permissions: [] }] });
  expect(component.node.findAll().map(({ node }) => node.path)).toStrictEqual([
    'team/product',
    'team/product/manager',
    'team/product/manager/serviceaccount-manager',
    'team/product/manager/role-other.r',
    'team/product/manager/rolebinding-other.r',
    'team/product/manager/deployment-manager',
  ]);
  expect(Chart.isChart(component)).toBe(true);
});
