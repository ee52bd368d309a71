import { environments, platform } from '../../stacks/platform';
import { installs } from './installs';

for (const [name, environment] of Object.entries(environments)) installs(`the environment ${name}`, () => platform(environment));
