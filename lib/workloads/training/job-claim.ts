import type { VolumeClaimPolicy } from '../../../crds-imports/shared';
import { type SizeAmount, sizeText } from '../pod/amount';
import { given } from '../pod/given';

/** What each job claims. */
export interface JobClaimOptions {
  /** `Size.gibibytes(20)` or `'20Gi'`. */
  readonly size: SizeAmount;
  /** With more than one node, the claim has to be one that many can mount. @default 'ReadWriteOnce' */
  readonly accessMode?: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany';
  /** @default - the cluster's default */
  readonly storageClass?: string;
  /** Whether the claim, and what is in it, stays when its job is deleted. @default false */
  readonly retain?: boolean;
}

/** A claim that every job of a runtime makes for itself, and that its steps share. */
export class JobClaim {
  private constructor(
    readonly name: string,
    private readonly options: JobClaimOptions,
  ) {}

  /** @param name the claim of a job is called `<name>-<job>` */
  static of(name: string, options: JobClaimOptions): JobClaim {
    return new JobClaim(name, options);
  }

  /** How JobSet makes it. @internal */
  _policy(): VolumeClaimPolicy {
    const { size, accessMode = 'ReadWriteOnce', storageClass, retain } = this.options;
    return {
      ...(retain && { retentionPolicy: { whenDeleted: 'Retain' } }),
      templates: [
        {
          metadata: { name: this.name },
          spec: {
            accessModes: [accessMode],
            ...given({ storageClassName: storageClass }),
            resources: { requests: { storage: sizeText(size) } },
          },
        },
      ],
    };
  }
}
