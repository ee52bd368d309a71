import { ConstructError } from '../core';

/**
 * What a construct is made of.
 *
 * @param path of the construct
 * @throws ConstructError with what values have to say that do not know for whom they are
 */
export function madeFor<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if ((error as Error).name !== 'Error') throw error;
    throw new ConstructError(path, (error as Error).message);
  }
}
