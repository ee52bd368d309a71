import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import type { DeploymentStrategy } from '../../../../../crds-imports/apps';
import {
  type ComponentOptions,
  type DeviceClaim,
  type KnativeScaling,
  type MetricQuery,
  type PodOptions,
  type PodQuery,
  type Probes,
  type RequestBatcher,
  type RequestLogger,
  Scale,
  ScaleOn,
  type ScaleOptions,
  type ServingContainerOptions,
} from '../../../../../lib';
import { type Every, oneOf, options, whole } from '../../options';
import { podOptions, probe, size } from '../../pod';
import { text, word } from '../../texts';
import { credentials } from '../storage/storage-credentials';

/** Mostly what a rule allows, and what lies beside it. */
const percent = fc.oneof({ weight: 6, arbitrary: whole(1, 100) }, { weight: 1, arbitrary: oneOf(0, 101, -1) });
const target = fc.oneof(whole(1, 100), oneOf('0.5', '100m'));

const metricQuery: Every<MetricQuery> = {
  serverAddress: oneOf('http://prometheus.monitoring:9090'),
  query: oneOf('sum(rate(requests[1m]))'),
  target,
  namespace: word,
  authentication: options({ name: word, modes: oneOf('bearer' as const, 'basic' as const, 'tls' as const) }, ['name'], 1 / 2),
};

const podQuery: Every<PodQuery> = {
  query: oneOf('avg(vllm:num_requests_running)'),
  target,
  serverAddress: oneOf('keda-otel-scaler.keda.svc:4318'),
  metricNames: oneOf(['vllm:num_requests_running']),
  operationOverTime: oneOf('last_one', 'avg', 'max', 'min', 'rate', 'count'),
};

const scaleOn: fc.Arbitrary<ScaleOn> = fc.oneof(
  percent.map(ScaleOn.concurrency),
  percent.map(ScaleOn.requestsPerSecond),
  percent.map(ScaleOn.cpu),
  percent.map(ScaleOn.memory),
  size.map(ScaleOn.memory),
  options(metricQuery, ['serverAddress', 'query', 'target'], 1 / 2).map(ScaleOn.prometheus),
  options(metricQuery, ['serverAddress', 'query', 'target'], 1 / 2).map(ScaleOn.graphite),
  options(podQuery, ['query', 'target'], 1 / 2).map(ScaleOn.openTelemetry),
);

const seconds = (most: number) => whole(0, most).map(Duration.seconds);
const knativeScaling: Every<KnativeScaling> = {
  window: seconds(60),
  scaleDownDelay: seconds(3600),
  lastPodRetention: seconds(600),
  initialScale: whole(0, 3),
  activationScale: whole(1, 3),
  targetUtilization: whole(1, 100),
  panicWindow: whole(1, 100),
  panicThreshold: whole(110, 1000),
};

const scaleOptions: Every<ScaleOptions> = {
  on: fc.oneof({ weight: 3, arbitrary: scaleOn }, { weight: 1, arbitrary: fc.array(scaleOn, { maxLength: 3 }) }),
  knative: options(knativeScaling, [], 1 / 4),
  behavior: oneOf({ scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } }),
};

export const scale: fc.Arbitrary<Scale> = fc.oneof(
  fc.tuple(whole(0, 3), whole(3, 9), options(scaleOptions, [], 1 / 4)).map(([min, max, more]) => Scale.between(min, max, more)),
  whole(1, 9).map(Scale.fixed),
);

const loggerOptions: Every<RequestLogger> = {
  mode: oneOf('all', 'request', 'response'),
  url: oneOf('http://broker.team'),
  metadataHeaders: oneOf(['x-request-id']),
  metadataAnnotations: oneOf(['note']),
  storage: options(
    {
      path: oneOf('/logs'),
      key: word,
      parameters: fc.dictionary(oneOf('type', 'region'), text, { minKeys: 1 }),
      serviceAccount: word,
    },
    ['path', 'key', 'parameters'],
    1 / 2,
  ),
  batchSize: whole(1, 100),
  batchInterval: whole(1, 60).map(Duration.seconds),
  marshallerUrl: oneOf('http://marshaller.team'),
};

const batcherOptions: Every<RequestBatcher> = {
  maxBatchSize: whole(1, 64),
  maxLatency: whole(1, 9000).map(Duration.millis),
};

const probes: Every<Probes> = { readiness: probe, liveness: probe, startup: probe };

const { command, args, env, envFrom, mounts, resources, workingDir, imagePullPolicy, security, ...rest } = podOptions;

/** Something for every option of a serving container. */
export const servingContainer: Every<ServingContainerOptions> = {
  ...{ command, args, env, envFrom, mounts, resources, workingDir, imagePullPolicy, security },
  ports: oneOf([{ containerPort: 8080, protocol: 'TCP' as const }], [{ name: 'h2c', containerPort: 9000 }]) as never,
  probes: options(probes, [], 1 / 2),
};

const { image: _, ...pods }: Every<Omit<PodOptions, keyof ServingContainerOptions>> = rest;

/** Something for every option of a component of a server. */
export const componentOptions: Every<ComponentOptions> = {
  ...servingContainer,
  ...pods,
  scale,
  containerConcurrency: fc.oneof({ weight: 6, arbitrary: whole(0, 100) }, { weight: 1, arbitrary: oneOf(-1) }),
  timeout: whole(1, 600).map(Duration.seconds),
  canaryTraffic: percent,
  logger: options(loggerOptions, ['mode'], 1 / 3),
  batcher: options(batcherOptions, [], 1 / 2),
  rollout: oneOf<DeploymentStrategy>(
    { type: 'Recreate' },
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
  ),
  credentials,
  initContainers: oneOf([{ name: 'fetch', image: 'busybox:1.36' }]) as never,
  sidecars: oneOf([{ name: 'proxy', image: 'busybox:1.36' }]) as never,
  devices: oneOf<Record<string, DeviceClaim>>({ gpu: { template: 'gpu' } }, { gpu: { claim: 'shared' } }),
  artifacts: fc.dictionary(
    oneOf('/mnt/models/a', '/mnt/models/b', '/mnt/lora'),
    oneOf('s3://bucket/adapter', 'hf://owner/adapter', 'pvc://claim/adapter'),
    { minKeys: 1 },
  ),
};
