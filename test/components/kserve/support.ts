import {
  type Assembly,
  KServe,
  type KServeProps,
  type KubeflowPlatformProps,
  KubeObject,
  type Manifest,
  platformChecks,
} from '../../../lib';
import { teamChart } from '../../support/app';
import { assembledPlatform, GROUND } from '../../support/platform';

/** A platform with KServe, held to the rules of every platform. */
export function serving(kserve: KServeProps = {}, existing?: KubeflowPlatformProps['existing']): Assembly {
  return assembledPlatform({ components: { ...GROUND, kserve }, ...(existing && { existing }) }, { checks: platformChecks });
}

/** KServe alone in an app. */
export function alone(props: KServeProps = {}): KServe {
  return new KServe(teamChart(), 'kserve', props);
}

/** The objects of KServe as they are deployed, without its definitions and without what only a whole model shows. */
export function objects(of: KServe): Manifest[] {
  const declared = of.node.findAll().filter((construct) => KubeObject.isKubeObject(construct)) as KubeObject[];
  return declared.filter(({ kind }) => kind !== 'CustomResourceDefinition').map((object) => object.toJson());
}

/** One member of the ConfigMap that the controllers read. */
export function configured(of: readonly Manifest[] | KServe, member: string): Record<string, unknown> {
  const all = of instanceof KServe ? objects(of) : of;
  const configMap = all.find(({ metadata }) => metadata.name === 'inferenceservice-config');
  return JSON.parse((configMap?.data as Record<string, string>)[member] as string);
}

/** A mesh that the cluster has. */
export const MESH = {
  gateway: 'kubeflow/kubeflow-gateway',
  namespace: 'istio-system',
  gatewayPrincipal: 'cluster.local/ns/istio-system/sa/gateway',
};
