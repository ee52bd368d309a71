// Times the checks and the plan of an app, each alone: steps.js [number of teams instead of the release]

import { Plan } from '../../../lib';
import { ObjectModel } from '../../../lib/core';
import { identities } from '../../../lib/core/checks/identity';
import { checkStructure } from '../../../lib/core/checks/structure';
import { unused } from '../../../lib/core/checks/unused';
import { checkWorld } from '../../../lib/core/checks/world';
import { FACTS } from '../../../lib/kinds';
import { type Lap, Laps } from '../laps';
import { release, teams } from '../trees';

/** What the program tells. */
export interface Steps {
  readonly objects: number;
  readonly gates: number;
  readonly parts: Readonly<Record<string, Lap>>;
}

const [count] = process.argv.slice(2);
const laps = new Laps();
const app = count === undefined ? release() : teams(Number(count));
laps.end('tree');
const model = ObjectModel.of(app, FACTS);
laps.end('model');
Array.from(identities(model));
laps.end('names and identities');
checkStructure(model);
laps.end('schemas of all objects');
Array.from(unused(model));
laps.end('unused settings');
Array.from(checkWorld('note')(model));
laps.end('references');
const { gates } = new Plan(model.manifests, model.schemas, FACTS);
laps.end('plan');

const told: Steps = { objects: model.objects.length, gates: gates.length, parts: laps.parts };
process.stdout.write(JSON.stringify(told));
