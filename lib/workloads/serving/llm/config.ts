import { Construct } from 'constructs';
import { type LLMInferenceServiceSpec, llminferenceserviceconfigs } from '../../../../crds-imports/serving.kserve.io';
import { LLM_PRESETS } from '../../../components/kserve/llm-presets';
import { KubeObject } from '../../../core';
import { mergePatch } from '../../../core/patches/merge';
import { enforce, madeFor, type Rule } from '../../rule';
import type { StorageSource } from '../storage/storage';
import { LLM_RULES, type LLMFacts } from './rules';
import { type LLMOptions, llmSpec } from './spec';

/** Options of a configuration. */
export interface LLMInferenceServiceConfigProps extends LLMOptions {
  /** Where the model is stored. @default - each service says it */
  readonly model?: StorageSource;
  /** Ids of warnings that are meant. @default - none */
  readonly acknowledge?: readonly string[];
}

/** The rules of configurations: those of services, but what a service has to say in the end, and that of presets' names. */
export const LLM_CONFIG_RULES: readonly Rule<LLMFacts>[] = [
  ...LLM_RULES.filter(({ id }) => !['LLM-1', 'LLM-presets', 'LLM-credentials'].includes(id)),
  {
    id: 'LLM-preset-name',
    level: 'warning',
    check: ({ name }) =>
      Object.hasOwn(LLM_PRESETS, name)
        ? `${name} is a preset of KServe, which upgrades write anew; take another name`
        : undefined,
  },
];

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
