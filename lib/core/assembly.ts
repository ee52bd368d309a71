import { App } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { unacknowledged } from './acknowledge';
import { CYCLE_RULE, checkModel, KERNEL_RULES } from './checks/checks';
import type { OpenWorld } from './checks/world';
import type { Facts } from './facts/facts';
import { type Finding, SynthesisError } from './finding';
import type { ListedImage } from './images/images';
import { ObjectModel } from './object-model';
import { CycleError, Plan } from './plan/plan';
import { findings as broken, type Rule } from './rule';

/** Options of an assembly. */
export interface AssemblyOptions {
  /**
   * What it weighs when an object outside a platform names something that is not in the model.
   *
   * @default 'note'
   */
  readonly missingReferences?: OpenWorld;

  /**
   * Further rules over the finished model.
   *
   * @default - the kernel's own rules only
   */
  readonly checks?: readonly Rule<ObjectModel>[];

  /**
   * What is known of kinds beyond their schemas.
   *
   * @default - what Kubernetes says of its own kinds
   */
  readonly facts?: Facts;
}

/**
 * A construct tree, ready to leave: its objects collected, resolved, patched, checked and planned. Everything that writes, deploys or
 * tests them starts from here.
 */
export class Assembly {
  private constructor(
    readonly model: ObjectModel,
    /** What the checks found, errors first. */
    readonly findings: readonly Finding[],
    /** CEL rules of definitions that apply to the objects and are left to the API server. */
    readonly rulesLeftToServer: number,
    private readonly planned: Plan | undefined,
  ) {}

  /** Assembles everything at or below a construct, usually an App. Never throws for what the checks find. */
  static of(root: IConstruct, options: AssemblyOptions = {}): Assembly {
    const model = ObjectModel.of(root, options.facts);
    const { missingReferences = 'note', checks = [] } = options;
    const checked = checkModel(model, missingReferences, checks);
    const findings = unacknowledged(root, checked.findings, [...KERNEL_RULES, ...checks]);
    let plan: Plan | undefined;
    if (!findings.some(isError)) {
      try {
        plan = new Plan(model.manifests, model.schemas, model.index.facts);
      } catch (error) {
        if (!(error instanceof CycleError)) throw error;
        findings.push(...broken([CYCLE_RULE], error, root.node.path));
      }
    }
    const weight = { error: 0, warning: 1, note: 2 };
    findings.sort((a, b) => weight[a.severity] - weight[b.severity]);
    return new Assembly(model, findings, checked.rulesLeftToServer, plan);
  }

  /** A few objects on their own, to hold values to what is asked of the objects that they go into. */
  static apart(build: (app: Construct) => void): Assembly {
    const app = new App();
    build(app);
    return Assembly.of(app);
  }

  /**
   * What must be ready before what.
   *
   * @throws SynthesisError with all findings when one is an error
   */
  get plan(): Plan {
    if (!this.planned) throw new SynthesisError(this.findings);
    return this.planned;
  }

  /** Every image of the model. */
  get images(): ListedImage[] {
    return this.model.images;
  }
}

function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}
