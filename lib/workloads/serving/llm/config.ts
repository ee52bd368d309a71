import { Construct } from 'constructs';
import { type LLMInferenceServiceSpec, llminferenceserviceconfigs } from '../../../../crds-imports/serving.kserve.io';
import { KubeObject } from '../../../core';
import { mergePatch } from '../../../core/patches/merge';
import { enforce } from '../../../core/rule';
import { madeFor } from '../../made-for';
import type { StorageSource } from '../storage/storage';
import { LLM_CONFIG_RULES } from './config-rules';
import { type LLMOptions, llmSpec } from './spec';

/** Options of a configuration. */
export interface LLMInferenceServiceConfigProps extends LLMOptions {
  /** Where the model is stored. @default - each service says it */
  readonly model?: StorageSource;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
}

/** What several language models have in common: they name it in `bases`. The construct's id is its name. */
export class LLMInferenceServiceConfig extends Construct {
  /** Name by which services build on it. */
  readonly name: string;

  /** @throws ConstructError with everything that KServe's webhook refuses, where it is installed */
  constructor(scope: Construct, id: string, props: LLMInferenceServiceConfigProps) {
    super(scope, id);
    this.name = id;
    const made = madeFor(this.node.path, () => llmSpec(props, props.model));
    const spec = mergePatch(made, props.overrides ?? {}) as LLMInferenceServiceSpec;
    enforce(this, LLM_CONFIG_RULES, { name: id, spec, presets: true, credentials: undefined }, props.acknowledge);
    new KubeObject(this, 'Resource', llminferenceserviceconfigs, { metadata: { name: id }, spec });
  }
}
