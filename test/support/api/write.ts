import { writeFileSync } from 'node:fs';
import { publicApi } from './print';

// Writes what the public API is into the file that the test compares with.
writeFileSync('api.md', publicApi(process.cwd()));
