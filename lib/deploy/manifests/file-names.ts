/** Name of the file that says what waits for what, and which files are ours. */
export const PLAN_FILE = 'plan.json';

/** Name of the picture of the plan. */
export const DIAGRAM_FILE = 'plan.svg';

/** Where this library puts the file of an object. What stands elsewhere is not for us to replace or remove. */
export const OWN_FILE = /^wave-\d+(\/[a-z0-9_%][a-z0-9._%-]*){2}$/;
