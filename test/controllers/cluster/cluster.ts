import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ControlPlane, startOwnControlPlane } from '../../e2e/control-plane';
import type { Kubectl } from '../../e2e/kubectl';
import { buildPrograms } from '../../e2e/programs';
import { AUDIT_POLICY, type Calls, readAudit } from './audit';
import { Kubelet } from './kubelet';
import { createNetwork } from './network';
import { writeStages } from './stages';

/** A control plane with webhooks, and a kubelet that runs the controllers. */
export class Cluster {
  private constructor(
    private readonly controlPlane: ControlPlane,
    private readonly kubelet: Kubelet,
    private readonly auditLog: string,
  ) {}

  /** Starts it. Only one can be in a network namespace. */
  static async start(folder: string): Promise<Cluster> {
    const built = await buildPrograms();
    if ('missing' in built) throw new Error(built.missing);
    createNetwork();
    const logs = join(folder, 'logs');
    mkdirSync(logs, { recursive: true });
    const audit = { policy: join(folder, 'audit-policy.json'), log: join(logs, 'audit.log') };
    writeFileSync(audit.policy, JSON.stringify(AUDIT_POLICY));
    const stages = writeStages(built.programs.kwokStages, join(folder, 'stages'));
    const controlPlane = await startOwnControlPlane(built.programs, { stages, audit });
    const kubelet = new Kubelet(controlPlane.kubeconfig, folder, join(folder, 'container'));
    kubelet.start();
    return new Cluster(controlPlane, kubelet, audit.log);
  }

  get kubectl(): Kubectl {
    return this.controlPlane.kubectl;
  }

  /** What ServiceAccounts have called until now. */
  get calls(): Calls {
    return readAudit(this.auditLog);
  }

  /** Connections that NetworkPolicies have refused until now. */
  get refusals(): readonly string[] {
    return [...this.kubelet.refusals].sort();
  }

  /** Why Pods do not come further. */
  get troubles(): readonly string[] {
    return this.kubelet.troubles;
  }

  async stop(): Promise<void> {
    await this.kubelet.stop();
    await this.controlPlane.stop();
  }
}
