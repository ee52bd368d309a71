/** Tells a line at once. The console of the test runner would put a stack trace under it. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** `1 object`, `2 objects`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Measures time; `elapsed()` says it as `3.1 s`. */
export function stopwatch(): () => string {
  const started = performance.now();
  return () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
