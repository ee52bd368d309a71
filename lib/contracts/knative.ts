import type { Duration } from 'cdk8s';
import { Contract } from '../core';

/** A field of pods that Knative refuses until its flag `kubernetes.podspec-<feature>` is set. */
export type KnativeFeature =
  | 'affinity'
  | 'dnsconfig'
  | 'dnspolicy'
  | 'fieldref'
  | 'hostipc'
  | 'hostnetwork'
  | 'hostpid'
  | 'init-containers'
  | 'nodeselector'
  | 'persistent-volume-claim'
  | 'persistent-volume-write'
  | 'priorityclassname'
  | 'runtimeclassname'
  | 'schedulername'
  | 'securitycontext'
  | 'shareprocessnamespace'
  | 'tolerations'
  | 'topologyspreadconstraints';

/** What a Knative Serving lets its services do. */
export interface KnativeServing {
  /** Flags that its ConfigMap `config-features` sets. @default - none */
  readonly features?: readonly KnativeFeature[];
  /** Longest time that a request may take (`max-revision-timeout-seconds` of `config-defaults`). @default - 600 seconds */
  readonly maxRevisionTimeout?: Duration;
  /** Domain of its hosts, the key of its ConfigMap `config-domain`: `example.com`. @default - that of KServe's addresses */
  readonly domain?: string;
  /**
   * Form of its hosts, `domain-template` of `config-network`: a Go template over `.Name`, `.Namespace` and `.Domain`.
   *
   * @default '{{.Name}}.{{.Namespace}}.{{.Domain}}'
   */
  readonly domainTemplate?: string;
}

/** Offered by Knative Serving. */
export const KNATIVE = new Contract<KnativeServing>('Knative Serving');
