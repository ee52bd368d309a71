import { inferencegraphs } from '../../crds-imports/serving.kserve.io';
import { Component, Image } from '../../lib';
import { ControllerManager, convertedBy, Replicas, WebhookCertificate, type Webhooks } from '../../lib/blocks';
import { assembled, teamChart } from '../support/app';
import { find } from '../support/platform';

class Product extends Component {}

const webhooks = (service?: string): Webhooks => ({
  port: { port: 9443, name: 'webhook', served: { port: 8443, ...(service && { service }) } },
  certificate: WebhookCertificate.issued({ name: 'cert', secret: 'cert', issuer: { kind: 'ClusterIssuer', name: 'ca' } }),
});

/** A controller whose webhooks convert the objects of a definition. */
function product(served: Webhooks) {
  const component = new Product(teamChart(), 'product', { namespace: 'team' });
  component.definitions([inferencegraphs], convertedBy(served, { name: 'manager', namespace: 'team' }));
  new ControllerManager(component, 'manager', {
    image: Image.of('example.com/manager:1'),
    replicas: Replicas.electing({ namespace: 'team', leases: ['lease'], role: 'election', binding: 'elected' }),
    selector: { app: 'manager' },
    resources: { requests: { cpu: '10m', memory: '10Mi' } },
    webhooks: served,
  });
  return assembled(component);
}

describe('convertedBy', () => {
  test.each([undefined, 'converter'])('leads to the Service %s that the controller has', (service) => {
    const assembly = product(webhooks(service));
    const name = service ?? 'manager';
    expect(find(assembly, 'Service', name).spec).toMatchObject({ ports: [{ port: 8443 }] });
    expect(find(assembly, 'CustomResourceDefinition', inferencegraphs.definition)).toMatchObject({
      metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'team/cert' } },
      spec: {
        conversion: {
          strategy: 'Webhook',
          webhook: { clientConfig: { service: { name, namespace: 'team', port: 8443, path: '/convert' } } },
        },
      },
    });
  });
});

describe('ControllerManager', () => {
  const assembly = product(webhooks());

  test('binds the role of the leader election by the name that is asked for', () => {
    expect(find(assembly, 'RoleBinding', 'elected')).toMatchObject({ roleRef: { kind: 'Role', name: 'election' } });
  });
});
