import type { KnativeFeature } from '../../../contracts';
import { error, type Rule } from '../../../core/rule';
import { containersOf, inParts, type Part, type ServerFacts, variablesOf } from './facts';

/** Knative's own `max-revision-timeout-seconds`. */
export const MAX_REVISION_TIMEOUT = 600;

/** Fields of pods that Knative refuses, and has no flag for. */
const NEVER = [
  'activeDeadlineSeconds',
  'hostname',
  'nodeName',
  'priority',
  'readinessGates',
  'resourceClaims',
  'subdomain',
  'terminationGracePeriodSeconds',
] as const;

/** The fields of pods that Knative refuses, with the flag that lets it take them. */
function refusedByKnative({ spec }: Part): KnativeFeature[] {
  const fields: Readonly<Partial<Record<keyof Part['spec'], KnativeFeature>>> = {
    affinity: 'affinity',
    dnsConfig: 'dnsconfig',
    dnsPolicy: 'dnspolicy',
    hostIPC: 'hostipc',
    hostNetwork: 'hostnetwork',
    hostPID: 'hostpid',
    initContainers: 'init-containers',
    nodeSelector: 'nodeselector',
    priorityClassName: 'priorityclassname',
    runtimeClassName: 'runtimeclassname',
    schedulerName: 'schedulername',
    securityContext: 'securitycontext',
    shareProcessNamespace: 'shareprocessnamespace',
    tolerations: 'tolerations',
    topologySpreadConstraints: 'topologyspreadconstraints',
    storageUris: 'init-containers',
  };
  return Object.entries(fields).flatMap(([field, feature]) => (spec[field as keyof Part['spec']] === undefined ? [] : [feature]));
}

function refusedVolumes(part: Part): KnativeFeature[] {
  const claims = (part.spec.volumes ?? []).filter((volume) => volume.persistentVolumeClaim).map(({ name }) => name);
  const mounts = containersOf(part).flatMap(({ volumeMounts = [] }) => volumeMounts);
  const written = mounts.some(({ name, readOnly }) => claims.includes(name) && !readOnly);
  const loaded = part.spec.storageUris?.some(({ uri }) => uri.startsWith('pvc://'));
  const fields = variablesOf(part).some(({ valueFrom }) => valueFrom?.fieldRef || valueFrom?.resourceFieldRef);
  return [
    ...(claims.length > 0 || loaded ? (['persistent-volume-claim'] as const) : []),
    ...(written ? (['persistent-volume-write'] as const) : []),
    ...(fields ? (['fieldref'] as const) : []),
  ];
}

/** The rules of Knative. */
export const KNATIVE_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'knative/refused-field',
    'Knative refuses fields of pods that it does not know, or that it takes behind a flag only.',
    inParts((part, { mode, features }) => {
      if (mode === 'Standard') return undefined;
      const never = NEVER.filter((field) => part.spec[field] !== undefined);
      if (never.length > 0)
        return `has ${never.join(', ')}, which Knative never takes; leave it out, or say deploymentMode: 'Standard'`;
      const refused = [...new Set([...refusedByKnative(part), ...refusedVolumes(part)])].filter((one) => !features.has(one));
      return refused.length > 0
        ? `has what Knative refuses without its flag: ${refused.map((one) => `kubernetes.podspec-${one}`).join(', ')}; set it and say knativeFeatures, or say deploymentMode: 'Standard'`
        : undefined;
    }),
  ),
  error(
    'knative/timeout-too-long',
    'Knative refuses a revision that may take longer for a request than its configuration lets it.',
    inParts(
      (
        { spec: { timeout } },
        {
          mode,
          cluster: {
            knative: { maxRevisionTimeout },
          },
        },
      ) => {
        const most = maxRevisionTimeout?.toSeconds() ?? MAX_REVISION_TIMEOUT;
        return mode === 'Knative' && timeout !== undefined && timeout > most
          ? `takes up to ${timeout} seconds for a request, Knative refuses more than ${most}; raise max-revision-timeout-seconds in its config-defaults and say maxRevisionTimeout of Knative.existing, or say deploymentMode: 'Standard'`
          : undefined;
      },
    ),
  ),
];
