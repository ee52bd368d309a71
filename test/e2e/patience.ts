import { setTimeout as sleep } from 'node:timers/promises';
import type { Inventory } from './inventory';

/** Reads again every second until what comes back is as it should be, or time is up; returns what came last. */
export async function until<T>(read: () => Promise<T>, isDone: (value: T) => boolean, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (isDone(value) || Date.now() > deadline) return value;
    await sleep(1000);
  }
}

/** Objects when nobody has written any of them for a second: the cluster's controllers are done with them. */
export async function atRest(read: () => Promise<Inventory>): Promise<Inventory> {
  let earlier: Inventory = new Map();
  return until(read, (objects) => {
    const still =
      objects.size === earlier.size && [...objects].every(([name, object]) => version(object) === version(earlier.get(name)));
    earlier = objects;
    return still;
  });
}

function version(object: { metadata: { resourceVersion?: string } } | undefined): string | undefined {
  return object?.metadata.resourceVersion;
}
