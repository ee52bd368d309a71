import { Construct } from 'constructs';
import { type LLMInferenceServiceSpec, llminferenceservices } from '../../../crds-imports/serving.kserve.io';
import { KubeObject } from '../../core';
import { enforce } from '../rule';
import { ServingCluster } from './deployment-mode';
import { LLM_RULES } from './llm-rules';

/** Options of a language model's service: its spec as KServe takes it. The container that serves is called `main`. */
export interface LLMInferenceServiceProps extends LLMInferenceServiceSpec {
  readonly model: NonNullable<LLMInferenceServiceSpec['model']>;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
}

/**
 * A language model behind a router that knows its cache, with decode and prefill apart where asked. The construct's id is its name.
 *
 * It needs the Gateway API with its inference extension, LeaderWorkerSet where it has workers, and KServe's presets unless it has a template.
 * The size of its parallelism cannot be changed later.
 *
 * @see https://kserve.github.io/website/docs/model-serving/generative-inference/llmisvc/llmisvc-overview
 */
export class LLMInferenceService extends Construct {
  /** Name of the service. */
  readonly name: string;

  /** @throws ConstructError with everything that KServe's webhook refuses, where it is installed */
  constructor(scope: Construct, id: string, props: LLMInferenceServiceProps) {
    super(scope, id);
    this.name = id;
    const { acknowledge, ...spec } = props;
    enforce(this, LLM_RULES, { name: id, spec, presets: ServingCluster.of(this).llmPresets ?? false }, acknowledge);
    new KubeObject(this, 'Resource', llminferenceservices, { metadata: { name: id }, spec });
  }
}
