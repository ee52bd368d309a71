// Measures the synthesis in fresh processes, against plain cdk8s on the same tree: prints a table and writes dist/bench.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './measure';
import { report } from './report';

const figures = measure({ runs: 7, runsOfTeams: 3, teams: [100, 300, 1000, 3000], teamsOfSteps: 2000 });
mkdirSync('dist', { recursive: true });
writeFileSync(join('dist', 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`);
process.stdout.write(report(figures));
