import { Construct } from 'constructs';
import { type LLMInferenceServiceSpec, llminferenceservices } from '../../../../crds-imports/serving.kserve.io';
import { KubeObject, namespaceOf, World } from '../../../core';
import { mergePatch } from '../../../core/patches/merge';
import { definitionReference } from '../../../core/references';
import { enforce } from '../../../core/rule';
import { madeFor } from '../../made-for';
import { objectMetadata } from '../../object-metadata';
import { clusterOf } from '../cluster';
import type { StorageSource } from '../storage/storage';
import { LLMInferenceServiceConfig } from './config';
import { LLM_RULES } from './rules';
import { knownBases, type LLMBases, type LLMOptions, llmSpec } from './spec';

/** Options of a language model's service. What is not under `prefill` or `workers` is said of the pods that serve. */
export interface LLMInferenceServiceProps extends LLMOptions {
  /** Where the model is stored: `hf://`, `s3://`, `pvc://` or `oci://`, a claim, or a cache. @default - that of the bases */
  readonly model?: StorageSource;
  /** Configurations that it builds on. @default - KServe's presets */
  readonly bases?: LLMBases;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
}

/**
 * A language model behind a router that knows its cache, with decode and prefill apart where asked. The construct's id is its name, unless `name` says it.
 *
 * It needs KServe's presets, the Gateway API with its inference extension where it has a router, and LeaderWorkerSet where it has workers.
 *
 * @example
 * new LLMInferenceService(team, 'qwen', {
 *   model: 'hf://Qwen/Qwen2.5-7B-Instruct',
 *   replicas: 2,
 *   resources: { gpu: Gpu.nvidia(1) },
 *   router: { route: 'managed', gateway: 'managed', scheduler: 'managed' },
 * });
 *
 * @see https://kserve.github.io/website/docs/model-serving/generative-inference/llmisvc/llmisvc-overview
 */
export class LLMInferenceService extends Construct {
  /** Name of the service. */
  readonly name: string;
  /** What was declared, overrides included. */
  readonly spec: LLMInferenceServiceSpec;

  /** @throws ConstructError with everything that KServe's webhook refuses, where it is installed */
  constructor(scope: Construct, id: string, props: LLMInferenceServiceProps) {
    super(scope, id);
    const { name = id, bases = [], credentials } = props;
    this.name = name;
    const made = madeFor(this.node.path, () => llmSpec(props, props.model, props.bases));
    this.spec = mergePatch(made, props.overrides ?? {}) as LLMInferenceServiceSpec;
    const { llmPresets = false } = clusterOf(this);
    const facts = {
      name,
      spec: this.spec,
      bases: knownBases(bases),
      unknownBases: bases.some((base) => typeof base === 'string' || base.spec === undefined),
      configs: LLMInferenceServiceConfig.around(this).map((config) => config.name),
      presets: llmPresets,
      credentials,
    };
    enforce(this, LLM_RULES, facts, props.acknowledge);
    this.expect();
    new KubeObject(this, 'Resource', llminferenceservices, { metadata: objectMetadata(name, props), spec: this.spec });
  }

  /** Path at the gateway, where its route is the presets': `/team/qwen`; below it is the API of OpenAI, `/v1/chat/completions`. */
  get gatewayPath(): string {
    return `/${namespaceOf(this)}/${this.name}`;
  }

  /** What only the running controllers look for. */
  private expect(): void {
    const { prefill, router, scaling, worker } = this.spec;
    const scalings = [scaling, prefill?.scaling].filter((found) => found !== undefined);
    const needs = [
      ...(router?.route ? [definitionReference('httproutes.gateway.networking.k8s.io', 'router.route')] : []),
      ...((worker ?? prefill?.worker) ? [definitionReference('leaderworkersets.leaderworkerset.x-k8s.io', 'workers')] : []),
      ...(scalings.length > 0 ? [definitionReference('variantautoscalings.llmd.ai', 'scale')] : []),
      ...(scalings.some(({ wva }) => wva?.keda) ? [definitionReference('scaledobjects.keda.sh', 'scale')] : []),
    ];
    World.expect(this, ...needs);
  }
}
