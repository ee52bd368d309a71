import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { apps, certManager, core } from '../../crds-imports';
import { type Body, Definition, KubeObject, Patch, World } from '../../lib/core';

/** A small platform with two charts, three waves and a definition. */
export function smallPlatform(): App {
  const app = new App();
  const certificates = new Chart(app, 'certificates', { namespace: 'team' });
  new Definition(certificates, 'definition', certManager.certificates);
  new Definition(certificates, 'issuers', certManager.issuers);
  new KubeObject(certificates, 'issuer', certManager.issuers, { metadata: { name: 'issuer' }, spec: { selfSigned: {} } });
  new KubeObject(certificates, 'tls', certManager.certificates, {
    metadata: { name: 'tls' },
    spec: { secretName: 'tls', issuerRef: { name: 'issuer' }, dnsNames: ['a'] },
  });
  const team = new Chart(app, 'team', { namespace: 'team' });
  new KubeObject(team, 'namespace', core.namespaces, { metadata: { name: 'team' } });
  new KubeObject(team, 'server', apps.deployments, {
    metadata: { name: 'server' },
    spec: {
      selector: { matchLabels: { app: 'server' } },
      template: {
        metadata: { labels: { app: 'server' } },
        spec: {
          containers: [{ name: 'server', image: 'example.com/server:1' }],
          volumes: [{ name: 'tls', secret: { secretName: 'tls' } }],
        },
      },
    },
  });
  return app;
}

/** Things of which each is wrong in its own way. */
export function addWrong(app: App): void {
  const chart = new Chart(app, 'wrong', { namespace: 'team' });
  new KubeObject(chart, 'misspelt', core.services, {
    metadata: { name: 'a' },
    spec: { prots: [] },
  } as unknown as Body<core.Service>);
  new KubeObject(chart, 'twin', core.configmaps, { metadata: { name: 'twin' } });
  new KubeObject(chart, 'second', core.configmaps, { metadata: { name: 'twin' } });
  new KubeObject(chart, 'code', core.configmaps, { metadata: { name: 'code' }, data: { run: (() => 1) as unknown as string } });
  const closed = new Construct(chart, 'closed');
  World.close(closed);
  new KubeObject(closed, 'pod', core.pods, {
    metadata: { name: 'pod' },
    spec: { serviceAccountName: 'nobody', containers: [{ name: 'c', image: 'i' }] },
  });
  Patch.merge({}).to({ name: 'no-such-*' }).on(chart);
  chart.node.addValidation({ validate: () => ['the chart says no'] });
}
