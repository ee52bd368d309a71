import type { KubernetesObject } from './kubectl';

/** A Node, as far as the tests look at it. */
export interface Node extends KubernetesObject {
  readonly spec: { readonly taints?: readonly unknown[] };
}

const capacity = { cpu: '1000', memory: '4Ti', 'ephemeral-storage': '4Ti', pods: '1000', 'nvidia.com/gpu': '64' };

/** The one Node of the control plane: room for a whole platform. No machine is behind it; kwok plays its kubelet. */
export const node: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'node-0',
    labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': 'node-0' },
  },
  status: { allocatable: capacity, capacity },
};

/** What kwok plays, as files of its own. Without the heartbeat the Node and all its Pods turn unready after 40 s. */
export const stages: readonly string[] = [
  'node/fast/node-initialize.yaml',
  'node/heartbeat/node-heartbeat.yaml',
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-complete.yaml',
  'pod/fast/pod-delete.yaml',
  'volume/fast/pvc-provision.yaml',
  'volume/fast/pvc-delete.yaml',
  'volume/fast/pv-bind.yaml',
  'volume/fast/pv-delete.yaml',
];
