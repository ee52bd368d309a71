import type { Kind } from 'cdk8s-kubeflow';
import { acme, certManager, inference, inferenceExperimental, jobset, kserve, kubeflow, trainer } from 'cdk8s-kubeflow';

/** A valid object of a custom kind, and one of its fields; none for a kind whose definition keeps what it does not know. */
export interface Specimen {
  readonly kind: Kind;
  readonly spec: unknown;
  readonly field?: string;
}

function specimen<T extends { spec?: unknown }>(kind: Kind<T>, field: string | undefined, spec: T['spec']): Specimen {
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

const containers = [{ name: 'kserve-container', image: 'serve:1' }];
const poolRef = { name: 'pool' };
const storage = { requests: { storage: '1Gi' } };

/** One of every kind that serving, training and tuning define. */
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
  specimen<{ spec?: unknown }>(kubeflow.experiments as Kind<never>, undefined, { parallelTrialCount: 3 }),
  specimen<{ spec?: unknown }>(kubeflow.suggestions as Kind<never>, undefined, { requests: 1 }),
  specimen<{ spec?: unknown }>(kubeflow.trials as Kind<never>, undefined, { primaryContainerName: 'main' }),
  specimen(kserve.inferenceservices, 'spec.predictor.minReplicas', {
    predictor: { minReplicas: 1, model: { modelFormat: { name: 'pytorch' }, storageUri: 's3://bucket/model' } },
  }),
  specimen(kserve.servingruntimes, 'spec.multiModel', { multiModel: false, containers }),
  specimen(kserve.clusterservingruntimes, 'spec.multiModel', { multiModel: false, containers }),
  specimen(kserve.clusterstoragecontainers, 'spec.workloadType', {
    workloadType: 'initContainer',
    container: { name: 'load', image: 'load:1' },
    supportedUriFormats: [{ prefix: 's3://' }],
  }),
  specimen(kserve.inferencegraphs, 'spec.timeout', { timeout: 60, nodes: { root: { routerType: 'Sequence' } } }),
  specimen(kserve.trainedmodels, 'spec.model.framework', {
    inferenceService: 'server',
    model: { framework: 'pytorch', memory: '1Gi', storageUri: 's3://bucket/model' },
  }),
  specimen(kserve.llminferenceservices, 'spec.replicas', { replicas: 1, model: { uri: 'hf://owner/model' } }),
  specimen(kserve.llminferenceserviceconfigs, 'spec.replicas', { replicas: 1 }),
  specimen(kserve.localmodelcaches, 'spec.nodeGroups', {
    modelSize: '1Gi',
    nodeGroups: ['gpu'],
    sourceModelUri: 's3://bucket/model',
  }),
  specimen(kserve.localmodelnamespacecaches, 'spec.nodeGroups', {
    modelSize: '1Gi',
    nodeGroups: ['gpu'],
    sourceModelUri: 's3://bucket/model',
  }),
  specimen(kserve.localmodelnodes, 'spec.localModels', {
    localModels: [{ modelName: 'm', sourceModelUri: 's3://bucket/model' }],
  }),
  specimen(kserve.localmodelnodegroups, 'spec.storageLimit', {
    storageLimit: '10Gi',
    persistentVolumeSpec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/models' } },
    persistentVolumeClaimSpec: { accessModes: ['ReadWriteOnce'], resources: storage },
  }),
  specimen(inference.inferencepools, 'spec.endpointPickerRef.port', {
    selector: { matchLabels: { app: 'model' } },
    targetPorts: [{ number: 8000 }],
    endpointPickerRef: { name: 'picker', port: { number: 9002 } },
  }),
  specimen(inferenceExperimental.inferencepools, 'spec.extensionRef.portNumber', {
    selector: { app: 'model' },
    targetPortNumber: 8000,
    extensionRef: { name: 'picker', portNumber: 9002 },
  }),
  specimen(inferenceExperimental.inferenceobjectives, 'spec.priority', { priority: 1, poolRef }),
  specimen(inferenceExperimental.inferencemodelrewrites, 'spec.rules', {
    poolRef,
    rules: [{ targets: [{ modelRewrite: 'model', weight: 1 }] }],
  }),
  specimen<{ spec?: unknown }>(inferenceExperimental.inferencepoolimports as Kind<never>, undefined, undefined),
];
