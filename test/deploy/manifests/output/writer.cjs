// Writes an output in a process of its own: writer.cjs <folder> <content> <files> [<operation> <kill | pause>]
// At an operation on the file system, counted from 1, it is killed, or waits until there is a file `<folder>.go`.
const fs = require('node:fs');
const { join } = require('node:path');

const [folder, content, count, operation, what] = process.argv.slice(2);
let operations = 0;

function stop() {
  if (what === 'kill') process.kill(process.pid, 'SIGKILL');
  fs.closeSync(fs.openSync(`${folder}.paused`, 'w'));
  while (!fs.existsSync(`${folder}.go`)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

if (operation !== undefined)
  for (const name of ['mkdirSync', 'mkdtempSync', 'writeFileSync', 'renameSync', 'rmSync', 'rmdirSync']) {
    const real = fs[name];
    fs[name] = (...args) => {
      operations += 1;
      if (operations === Number(operation)) stop();
      return real(...args);
    };
  }

const { writeOutput } = require(join(__dirname, '../../../../build/lib/deploy/manifests/output/output.js'));
const files = new Map();
for (let number = 0; number < Number(count); number++) files.set(`wave-0/${content}/configmap-${number}.yaml`, content);
files.set('wave-0/shared/configmap-shared.yaml', content);
files.set('plan.json', JSON.stringify({ waves: [], components: { all: [...files.keys()] } }));
try {
  writeOutput(folder, files);
} catch (error) {
  process.stderr.write(error.message);
  process.exitCode = 3;
}
