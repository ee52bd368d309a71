import { LLM_PRESETS } from '../../../components/kserve/llm-presets';
import { type Rule, type RuleId, warning } from '../../../core/rule';
import { LLM_RULES, type LLMFacts } from './rules';

/** What a service has to say in the end. */
const SERVICE_ONLY: readonly RuleId[] = [
  'kubernetes/invalid-service-name',
  'kserve/data-without-workers',
  'kserve/missing-pipeline-preset',
  'kserve/missing-presets',
  'kserve/no-language-model',
  'kserve/unopened-llm-store',
];

/** The rules of configurations: those of services, but what a service has to say in the end, and that of presets' names. */
export const LLM_CONFIG_RULES: readonly Rule<LLMFacts>[] = [
  ...LLM_RULES.filter(({ id }) => !SERVICE_ONLY.includes(id)),
  warning('kserve/preset-name-taken', 'Upgrades of KServe write its presets anew, over what was changed in them.', ({ name }) =>
    Object.hasOwn(LLM_PRESETS, name) ? `${name} is a preset of KServe, which upgrades write anew; take another name` : undefined,
  ),
];
