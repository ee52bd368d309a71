// Runs beside a control plane, started by reaper.ts: `node reap.cjs <data folder>`. Its stdin stays open for as long as
// the tests live. When it closes, because they are done or were killed, whatever they left running is ended and the
// data folder removed. Lines on stdin: `+<pid>` for a process that was started, `-<pid>` for one that has exited.
const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

const folder = process.argv[2];
const running = new Set();

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) running.add(pid);
    else running.delete(pid);
  })
  .on('close', () => {
    for (const pid of running) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has exited in the meantime.
      }
    }
    // The killed may still hold or write files for a moment.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
