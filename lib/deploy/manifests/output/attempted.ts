/** Does something; what is said against it becomes part of a sentence. */
export function attempted<T>(action: () => T, sentence: (reason: string) => string): T {
  try {
    return action();
  } catch (error) {
    throw new Error(sentence((error as Error).message));
  }
}
