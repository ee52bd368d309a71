import type { Construct } from 'constructs';
import { toYaml } from '../../lib';
import { assemble, errors, teamChart, thrown, warnings } from './app';

/** Declares something in a chart. */
export type Build = (chart: Construct) => unknown;

/** The YAML of the last object that is built; all of them have to be what their schemas say. */
export function yaml(build: Build): string {
  const assembly = assemble(build);
  expect(errors(assembly)).toEqual([]);
  return toYaml(assembly.model.manifests.at(-1));
}

/** Why something is refused. */
export const refusal = (build: Build) => thrown(() => build(teamChart())).message;

/** Both sides of rules: what is refused with which words, or warned of, and what stands next to it and is accepted. */
export type Sides = Record<
  string,
  { refused?: [Build, string][]; warned?: [(acknowledge: string[]) => Build, string]; accepted: Build[] }
>;

/** Tests both sides of every rule. */
export function describeRules(title: string, rules: readonly { readonly id: string }[], sides: Sides): void {
  describe(title, () => {
    test('are all tested', () => {
      expect(Object.keys(sides).sort()).toEqual(rules.map(({ id }) => id).sort());
    });

    test.each(Object.entries(sides))('%s', (id, { refused = [], warned, accepted }) => {
      for (const [build, words] of refused) {
        expect(refusal(build)).toContain(words);
        expect(refusal(build)).toContain(`(${id})`);
      }
      if (warned) {
        const [build, words] = warned;
        expect(warnings(assemble(build([]))).join()).toContain(`${words} (${id})`);
        expect(warnings(assemble(build([id]))).join()).not.toContain(`(${id})`);
      }
      expect(refused.length > 0 || warned !== undefined).toBe(true);
      for (const build of accepted) {
        yaml(build);
        expect(warnings(assemble(build)).join()).not.toContain(`(${id})`);
      }
    });
  });
}
