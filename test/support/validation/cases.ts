import { CONTAINER_CASES } from './containers';
import { FURTHER_CASES } from './further-kinds';
import { WORKLOAD_CASES } from './kinds';
import { POD_CASES } from './pods';
import type { RuleCase } from './rule-case';

/** A breach of each rule of Kubernetes' validation that the library knows. */
export const RULE_CASES: readonly RuleCase[] = [...POD_CASES, ...CONTAINER_CASES, ...WORKLOAD_CASES, ...FURTHER_CASES];
