/** Accelerators that a pod asks for: the extended resource of a device plugin, and how many. */
export class Gpu {
  private constructor(
    /** Name of the extended resource, for instance `nvidia.com/gpu`. */
    readonly resource: string,
    readonly count: number,
  ) {
    extendedResource(resource, count, 'the GPU count');
  }

  /**
   * NVIDIA GPUs.
   *
   * @param count at least 1
   * @see https://github.com/NVIDIA/k8s-device-plugin
   */
  static nvidia(count: number): Gpu {
    return new Gpu('nvidia.com/gpu', count);
  }

  /**
   * Slices of an NVIDIA GPU, under the device plugin's strategy `mixed`.
   *
   * @param profile MIG profile, for instance `1g.10gb`
   * @param count at least 1
   */
  static mig(profile: string, count: number): Gpu {
    return new Gpu(`nvidia.com/mig-${profile}`, count);
  }

  /** AMD GPUs. */
  static amd(count: number): Gpu {
    return new Gpu('amd.com/gpu', count);
  }

  /** Accelerators of any other device plugin. */
  static of(resource: string, count: number): Gpu {
    return new Gpu(resource, count);
  }
}

/**
 * A number of devices of a plugin.
 *
 * @param words how messages call the number
 * @throws Error for what is no extended resource, and for no whole number of them
 */
export function extendedResource(resource: string, count: number, words: string): readonly [resource: string, count: number] {
  if (!Number.isInteger(count) || count < 1) throw new Error(`${words} is ${count}, must be a whole number of at least 1`);
  if (!/^[a-z0-9.-]+\/[A-Za-z0-9._-]+$/.test(resource))
    throw new Error(`${JSON.stringify(resource)} is no extended resource, which has the form vendor.example/name`);
  return [resource, count];
}
