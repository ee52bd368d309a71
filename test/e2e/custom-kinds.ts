import type { Kind } from 'cdk8s-kubeflow';
import { acme, certManager, jobset, kubeflow, trainer } from 'cdk8s-kubeflow';

/** A valid object of a custom kind, and one of its optional fields. */
export interface Specimen {
  readonly kind: Kind;
  readonly spec: unknown;
  readonly field: string;
}

function specimen<T extends { spec?: unknown }>(kind: Kind<T>, field: string, spec: T['spec']): Specimen {
  return { kind, spec, field };
}

const issuerRef = { name: 'ca', kind: 'Issuer' };
const replicas = {
  replicas: 1,
  template: { spec: { serviceAccountName: 'train', containers: [{ name: 'main', image: 'train:1' }] } },
};

const runtime = {
  spec: {
    replicatedJobs: [
      { name: 'node', template: { spec: { template: { spec: { containers: [{ name: 'node', image: 'train:1' }] } } } } },
    ],
  },
};

/** One of every kind that cert-manager, the trainer and the training operator define. */
export const SPECIMENS: readonly Specimen[] = [
  specimen(certManager.certificates, 'spec.dnsNames', { secretName: 'tls', dnsNames: ['web.team.svc'], issuerRef }),
  specimen(certManager.certificaterequests, 'spec.isCA', { request: 'UEVN', isCA: false, issuerRef }),
  specimen(certManager.issuers, 'spec.selfSigned.crlDistributionPoints', {
    selfSigned: { crlDistributionPoints: ['http://crl.example.com'] },
  }),
  specimen(certManager.clusterissuers, 'spec.ca.crlDistributionPoints', {
    ca: { secretName: 'ca', crlDistributionPoints: ['http://crl.example.com'] },
  }),
  specimen(acme.orders, 'spec.commonName', { request: 'UEVN', commonName: 'web.example.com', issuerRef }),
  specimen(acme.challenges, 'spec.wildcard', {
    type: 'DNS-01',
    url: 'https://acme.example.com/challenge/1',
    authorizationURL: 'https://acme.example.com/authorization/1',
    dnsName: 'example.com',
    key: 'key',
    token: 'token',
    wildcard: true,
    solver: {},
    issuerRef,
  }),
  specimen(kubeflow.pytorchjobs, 'spec.elasticPolicy.maxReplicas', {
    elasticPolicy: { minReplicas: 1, maxReplicas: 2 },
    pytorchReplicaSpecs: { Worker: replicas },
  }),
  specimen(kubeflow.tfjobs, 'spec.tfReplicaSpecs.Worker.template.spec.serviceAccountName', {
    tfReplicaSpecs: { Worker: replicas },
  }),
  specimen(kubeflow.mpijobs, 'spec.slotsPerWorker', {
    slotsPerWorker: 1,
    mpiReplicaSpecs: { Launcher: replicas, Worker: replicas },
  }),
  specimen(kubeflow.xgboostjobs, 'spec.runPolicy.backoffLimit', {
    runPolicy: { backoffLimit: 3 },
    xgbReplicaSpecs: { Master: replicas },
  }),
  specimen(kubeflow.paddlejobs, 'spec.paddleReplicaSpecs.Worker.replicas', { paddleReplicaSpecs: { Worker: replicas } }),
  specimen(kubeflow.jaxjobs, 'spec.jaxReplicaSpecs.Worker.template', { jaxReplicaSpecs: { Worker: replicas } }),
  specimen(jobset.jobsets, 'spec.suspend', { suspend: true, replicatedJobs: [] }),
  specimen(trainer.trainjobs, 'spec.trainer.numNodes', { runtimeRef: { name: 'torch-distributed' }, trainer: { numNodes: 2 } }),
  specimen(trainer.trainingruntimes, 'spec.mlPolicy.numNodes', { mlPolicy: { numNodes: 1 }, template: runtime }),
  specimen(trainer.clustertrainingruntimes, 'spec.mlPolicy.numNodes', { mlPolicy: { numNodes: 1 }, template: runtime }),
];
