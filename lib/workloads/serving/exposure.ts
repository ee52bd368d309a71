import { Construct } from 'constructs';
import { authorizationpolicies } from '../../../crds-imports/security.istio.io';
import type { DeploymentMode } from '../../contracts';
import type { Labels } from '../../core';
import { KubeObject } from '../../core';

/** The labels by which the pods of a server's component are known. @param component name of its Service */
export function componentLabels(mode: DeploymentMode, component: string): Labels {
  return mode === 'Knative' ? { 'serving.knative.dev/service': component } : { app: `isvc.${component}` };
}

/** The labels by which the pods of a graph's router are known. */
export function graphLabels(name: string): Labels {
  return { 'serving.kserve.io/inferencegraph': name };
}

/**
 * Lets requests from outside the namespace through a mesh that refuses what no policy allows. Who asks was checked at the gateway.
 *
 * @see https://github.com/kubeflow/manifests/tree/v26.03.1/tests
 */
export class Exposure extends Construct {
  /** @param pods labels of those at which requests come in, by what they are called */
  constructor(scope: Construct, pods: Readonly<Record<string, Labels>>) {
    super(scope, 'exposure');
    for (const [name, matchLabels] of Object.entries(pods))
      new KubeObject(this, name, authorizationpolicies, {
        metadata: { name: `${name}-exposed` },
        spec: { action: 'ALLOW', selector: { matchLabels }, rules: [{}] },
      });
  }
}
