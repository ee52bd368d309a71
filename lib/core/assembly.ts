import type { IConstruct } from 'constructs';
import { identities } from './checks/identity';
import { labels } from './checks/labels';
import { checkStructure } from './checks/structure';
import { unused } from './checks/unused';
import { checkWorld, type OpenWorld } from './checks/world';
import { type Finding, SynthesisError } from './finding';
import type { ListedImage } from './images/images';
import { type Check, ObjectModel } from './object-model';
import { CycleError, Plan } from './plan/plan';

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
  readonly checks?: readonly Check[];
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
    const model = ObjectModel.of(root);
    const structure = checkStructure(model);
    const wellFormed = model.without(structure.malformed);
    const checks: Check[] = [labels, checkWorld(options.missingReferences ?? 'note'), ...(options.checks ?? [])];
    const findings = [
      ...model.findings,
      ...identities(model),
      ...structure.findings,
      ...unused(model),
      ...checks.flatMap((check) => [...check(wellFormed)]),
    ];
    let plan: Plan | undefined;
    if (!findings.some(isError)) {
      try {
        plan = new Plan(model.manifests, model.schemas);
      } catch (error) {
        if (!(error instanceof CycleError)) throw error;
        findings.push({ severity: 'error', path: root.node.path, message: error.message });
      }
    }
    const weight = { error: 0, warning: 1, note: 2 };
    findings.sort((a, b) => weight[a.severity] - weight[b.severity]);
    return new Assembly(model, findings, structure.rulesLeftToServer, plan);
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
