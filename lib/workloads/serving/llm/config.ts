import { Construct, type IConstruct } from 'constructs';
import { type LLMInferenceServiceSpec, llminferenceserviceconfigs } from '../../../../crds-imports/serving.kserve.io';
import { KubeObject, Roster } from '../../../core';
import { mergePatch } from '../../../core/patches/merge';
import { enforce } from '../../../core/rule';
import { madeFor } from '../../made-for';
import { objectMetadata } from '../../object-metadata';
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

const configs = new Roster<LLMInferenceServiceConfig>('llm-configs');

/** What several language models have in common: they name it in `bases`. The construct's id is its name, unless `name` says it. */
export class LLMInferenceServiceConfig extends Construct {
  /** The configurations of the app that a construct is part of, as far as they are made. */
  static around(construct: IConstruct): readonly LLMInferenceServiceConfig[] {
    return configs.around(construct);
  }

  /** Name by which services build on it. */
  readonly name: string;
  /** What was declared, overrides included. */
  readonly spec: LLMInferenceServiceSpec;

  /** @throws ConstructError with everything that KServe's webhook refuses, where it is installed */
  constructor(scope: Construct, id: string, props: LLMInferenceServiceConfigProps) {
    super(scope, id);
    const { name = id } = props;
    this.name = name;
    configs.add(this);
    const made = madeFor(this.node.path, () => llmSpec(props, props.model));
    const spec = mergePatch(made, props.overrides ?? {}) as LLMInferenceServiceSpec;
    this.spec = spec;
    const facts = { name, spec, bases: [], unknownBases: false, configs: [], presets: true, credentials: undefined };
    enforce(this, LLM_CONFIG_RULES, facts, props.acknowledge);
    new KubeObject(this, 'Resource', llminferenceserviceconfigs, { metadata: objectMetadata(name, props), spec });
  }
}
