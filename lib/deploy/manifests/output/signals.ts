/** What ends a process from outside, and can be told to wait. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something that does not wait for anything, and is not to be broken off: a signal that comes meanwhile ends the process
 * afterwards.
 */
export function unbroken<T>(action: () => T): T {
  // Where somebody listens, signals wait until the program is back in its event loop. Whoever listens already has the say.
  const signals = SIGNALS.filter((signal) => process.listenerCount(signal) === 0);
  const stop = () => {
    for (const signal of signals) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    stop();
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, end);
  try {
    return action();
  } finally {
    // What came meanwhile is told before that.
    setImmediate(stop);
  }
}
