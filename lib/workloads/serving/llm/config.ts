import { Construct } from 'constructs';
import { type LLMInferenceServiceSpec, llminferenceserviceconfigs } from '../../../../crds-imports/serving.kserve.io';
import { LLM_PRESETS } from '../../../components/kserve/llm-presets';
import { KubeObject } from '../../../core';
import { mergePatch } from '../../../core/patches/merge';
import { enforce, type Rule, type RuleId, warning } from '../../../core/rule';
import { madeFor } from '../../made-for';
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

/** What a service has to say in the end. */
const SERVICE_ONLY: readonly RuleId[] = [
  'kubernetes/invalid-service-name',
  'kserve/missing-presets',
  'kserve/unopened-llm-store',
];

/** The rules of configurations: those of services, but what a service has to say in the end, and that of presets' names. */
export const LLM_CONFIG_RULES: readonly Rule<LLMFacts>[] = [
  ...LLM_RULES.filter(({ id }) => !SERVICE_ONLY.includes(id)),
  warning('kserve/preset-name-taken', 'Upgrades of KServe write its presets anew, over what was changed in them.', ({ name }) =>
    Object.hasOwn(LLM_PRESETS, name) ? `${name} is a preset of KServe, which upgrades write anew; take another name` : undefined,
  ),
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
