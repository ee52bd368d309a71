import { encryptedGateways, noCredentials, platformChecks, standingChecks } from '../../lib/checks';
import { RUNTIME_RULES } from '../../lib/components/trainer/runtime-rules';
import { ACKNOWLEDGE_RULE } from '../../lib/core/acknowledge';
import { KERNEL_RULES } from '../../lib/core/checks/checks';
import type { Rule } from '../../lib/core/rule';
import { OUTPUT_RULES } from '../../lib/deploy/pulumi/outputs';
import { GRAPH_RULES } from '../../lib/workloads/serving/graph/rules';
import { LLM_CONFIG_RULES } from '../../lib/workloads/serving/llm/config-rules';
import { LLM_RULES } from '../../lib/workloads/serving/llm/rules';
import { LOCAL_MODEL_RULES } from '../../lib/workloads/serving/local-models/rules';
import { SERVING_RUNTIME_RULES } from '../../lib/workloads/serving/runtime/serving-runtime-rules';
import { SERVER_RULES } from '../../lib/workloads/serving/server/rules';
import { TRAINED_MODEL_RULES } from '../../lib/workloads/serving/server/trained-model-rules';
import { AROUND_RULES } from '../../lib/workloads/training/around';
import { JOB_SET_WORKLOAD_RULES } from '../../lib/workloads/training/job-set-rules';
import { RULES } from '../../lib/workloads/training/rules';
import { TRAIN_JOB_RULES } from '../../lib/workloads/training/train-job-rules';
import { NAMESPACE_RULES } from '../../lib/workloads/tuning/rules/namespace';
import { HPO_RULES } from '../../lib/workloads/tuning/rules/rules';

/** What a rule is, whatever it is about. */
export type AnyRule = Pick<Rule<never>, 'id' | 'level' | 'reason'>;

/** Every rule of the library; those that several subjects are held to stand here several times. */
export const ALL_RULES: readonly AnyRule[] = [
  ...KERNEL_RULES,
  ACKNOWLEDGE_RULE,
  ...platformChecks,
  ...standingChecks,
  ...noCredentials,
  encryptedGateways,
  ...OUTPUT_RULES,
  ...RUNTIME_RULES,
  ...RULES,
  ...TRAIN_JOB_RULES,
  ...JOB_SET_WORKLOAD_RULES,
  ...AROUND_RULES,
  ...HPO_RULES,
  ...NAMESPACE_RULES,
  ...SERVER_RULES,
  ...SERVING_RUNTIME_RULES,
  ...GRAPH_RULES,
  ...LLM_RULES,
  ...LLM_CONFIG_RULES,
  ...LOCAL_MODEL_RULES,
  ...TRAINED_MODEL_RULES,
];
