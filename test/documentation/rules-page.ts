import { ALL_RULES, type AnyRule } from './all-rules';

/** Whose rules they are, by what their names begin with. */
const PRODUCTS: Readonly<Record<string, string>> = {
  kubernetes: 'Kubernetes',
  mesh: 'Meshes and gateways',
  cdk8s: 'Settings, images and patches',
  pulumi: 'Pulumi',
  'training-operator': 'Training Operator',
  trainer: 'Trainer',
  jobset: 'JobSet',
  kueue: 'Kueue',
  volcano: 'Volcano',
  katib: 'Katib',
  kserve: 'KServe',
  knative: 'Knative',
};

const HEAD = `# Rules

<!-- Written by \`npm run docs:rules\` from the rules themselves. -->

What constructs and finished models are held to. An error stops the synthesis, or the constructor; a warning or a note is told until it is
acknowledged by its name: by the option \`acknowledge\` of the construct that it is about, or by \`acknowledge(scope, …)\` for everything below a
construct.
`;

/** The product whose rule it is, as the name of the rule has it. */
export function productOf({ id }: AnyRule): string {
  return id.slice(0, id.indexOf('/'));
}

/** The documentation of all rules, each once. */
export function rulesPage(): string {
  const rules = [...new Map(ALL_RULES.map((rule) => [rule.id, rule])).values()];
  const sections = Object.entries(PRODUCTS).map(([product, title]) => {
    const own = rules.filter((rule) => productOf(rule) === product).sort((one, other) => (one.id < other.id ? -1 : 1));
    return [`## ${title}`, '', '| Rule | Level | Reason |', '| --- | --- | --- |', ...own.map(row), ''].join('\n');
  });
  return [HEAD, ...sections].join('\n');
}

function row({ id, level, reason }: AnyRule): string {
  return `| \`${id}\` | ${level} | ${reason.replaceAll('|', '\\|')} |`;
}
