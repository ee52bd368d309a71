import { Construct } from 'constructs';
import { type Container, configmaps } from '../../../crds-imports/core';
import { type LocalModelNodeGroupSpec, localmodelnodegroups } from '../../../crds-imports/serving.kserve.io';
import { NamespaceBaseline } from '../../blocks/network/namespace-baseline';
import { PodVolume } from '../../blocks/server/pod-volume';
import { Replicas } from '../../blocks/server/replicas';
import { RESTRICTED_CONTAINER } from '../../blocks/server/security';
import { Server } from '../../blocks/server/server';
import { allow, type Component, declare, RANGES, rangeProblems } from '../../core';
import { images } from '../../release/images';
import { CONFIGURATION, type LocalModelConfiguration } from './configuration';
import { LOCAL_MODEL_AGENT, LOCAL_MODEL_JOBS } from './permissions';

/** Models that are kept on nodes, so that a server starts without loading its model. */
export interface LocalModelOptions {
  /**
   * Groups of nodes with the volumes for their models, by name.
   *
   * @default - none; they can be declared elsewhere
   */
  readonly nodeGroups?: Readonly<Record<string, LocalModelNodeGroupSpec>>;

  /**
   * Labels of the nodes that keep models.
   *
   * @default - `kserve/localmodel: worker`
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /**
   * Folder of the nodes in which the models are, an absolute path. It is made where it is not there, and given to user 1000, who loads
   * models and deletes them.
   *
   * @default '/models'
   */
  readonly hostPath?: string;

  /**
   * Namespace of the agent and of the Jobs that load models. The agent mounts a folder of its node, so the namespace admits
   * privileged pods.
   *
   * @default 'kserve-localmodel-jobs'
   */
  readonly namespace?: string;

  /**
   * Group of the model files.
   *
   * @default 1000
   */
  readonly fsGroup?: number;

  /**
   * Seconds for which a finished Job is kept.
   *
   * @default 3600
   */
  readonly jobTtlSeconds?: number;

  /**
   * Seconds after which the agent looks again whether the models are on its node.
   *
   * @default 60
   */
  readonly reconcileSeconds?: number;

  /**
   * Whether volumes are made in namespaces that have no model server yet.
   *
   * @default true
   */
  readonly manageVolumes?: boolean;
}

const AGENT = 'kserve-localmodelnode-agent';
const ROLE = { name: `${AGENT}-role`, binding: `${AGENT}-rolebinding` };
const HOST_PATH = '/models';
const JOBS = 'kserve-localmodel-jobs';
const FS_GROUP = 1000;
/** The user of the Jobs that load models. */
const USER = 1000;

/** What the controllers are told of local models. */
export function localModels(options: LocalModelOptions | undefined, defaultJobImage: string): LocalModelConfiguration {
  const {
    namespace = JOBS,
    fsGroup = FS_GROUP,
    jobTtlSeconds = 3600,
    reconcileSeconds = 60,
    manageVolumes = true,
  } = options ?? {};
  return {
    enabled: options !== undefined,
    jobNamespace: namespace,
    defaultJobImage,
    fsGroup,
    jobTTLSecondsAfterFinished: jobTtlSeconds,
    reconcilationFrequencyInSecs: reconcileSeconds,
    disableVolumeManagement: !manageVolumes,
  };
}

/** What is wrong with the options, each as a sentence. */
export function localModelProblems({ hostPath = HOST_PATH, nodeGroups = {}, ...numbers }: LocalModelOptions): string[] {
  const { fsGroup, jobTtlSeconds, reconcileSeconds } = numbers;
  const problems = [
    ...rangeProblems(RANGES.natural, { 'localModel.fsGroup': fsGroup, 'localModel.jobTtlSeconds': jobTtlSeconds }),
    ...rangeProblems(RANGES.positive, { 'localModel.reconcileSeconds': reconcileSeconds }),
  ];
  if (!/^\/[^/]/.test(hostPath))
    return [...problems, `localModel.hostPath is ${JSON.stringify(hostPath)}, must be an absolute path below the root`];
  const elsewhere = Object.entries(nodeGroups).flatMap(([name, { persistentVolumeSpec: volume }]) => {
    const path = volume.local?.path ?? volume.hostPath?.path;
    return path === undefined || path === hostPath
      ? []
      : [`the volumes of the node group ${name} are in ${path}, but the agent looks in ${hostPath}; give both the same folder`];
  });
  return [...problems, ...elsewhere];
}

/**
 * Gives a folder of the node to somebody: the kubelet makes it as root's, and whoever is not root could not write there. The image is on
 * the node anyway, for the Jobs.
 */
function givesFolder({ mount }: PodVolume, owner: string): Container {
  return {
    name: 'own-models',
    image: images.kserve.storageInitializer.toString(),
    imagePullPolicy: 'IfNotPresent',
    command: ['chown', owner, mount.mountPath],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
    securityContext: {
      ...RESTRICTED_CONTAINER,
      runAsNonRoot: false,
      runAsUser: 0,
      capabilities: { drop: ['ALL'], add: ['CHOWN'] },
    },
    volumeMounts: [mount],
  };
}

/** The agent of local models on every node that keeps some, its namespace, and the groups of nodes. */
export class LocalModels extends Construct {
  /** @param logging arguments that say how much the agent logs */
  constructor(scope: Component, options: LocalModelOptions, logging: readonly string[]) {
    super(scope, 'local-models');
    const { namespace = JOBS, hostPath = HOST_PATH, fsGroup = FS_GROUP, nodeGroups = {} } = options;
    const { nodeSelector = { 'kserve/localmodel': 'worker' } } = options;
    const models = PodVolume.host(hostPath, '/mnt/models', 'models');
    const labels = { 'app.kubernetes.io/component': 'localmodel' };
    new NamespaceBaseline(this, namespace, { podSecurity: 'privileged', labels, admits: 'nobody' });

    new Server(this, AGENT, {
      image: images.kserve.localmodelNodeAgent,
      replicas: Replicas.onEveryNode,
      names: { container: 'manager' },
      namespace,
      command: ['/manager'],
      ...(logging.length > 0 && { args: logging }),
      env: [
        // It reads the configuration there, and runs elsewhere.
        { name: 'POD_NAMESPACE', value: scope.namespace },
        { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      ],
      labels,
      selector: {
        app: 'kserve',
        'app.kubernetes.io/name': 'kserve',
        'control-plane': AGENT,
        'controller-tools.k8s.io': '1.0',
      },
      podAnnotations: { 'kubectl.kubernetes.io/default-container': 'manager' },
      pod: { nodeSelector, terminationGracePeriodSeconds: 10 },
      resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { cpu: '100m', memory: '300Mi' } },
      // The user and the group of the Jobs, whose files it deletes.
      security: { privileged: false, runAsNonRoot: true, runAsUser: USER, runAsGroup: fsGroup },
      initContainers: [givesFolder(models, `${USER}:${fsGroup}`)],
      roles: [
        { ...ROLE, permissions: LOCAL_MODEL_AGENT },
        { ...ROLE, namespace, permissions: LOCAL_MODEL_JOBS },
        { ...ROLE, namespace: scope.namespace, permissions: [allow('get').on(configmaps).named(CONFIGURATION)] },
      ],
      volumes: [models],
    });

    for (const [name, spec] of Object.entries(nodeGroups)) declare(this, localmodelnodegroups, { metadata: { name }, spec });
  }
}
