import type { Assembly } from '../../core/assembly';
import { YamlWriter } from '../../core/yaml';
import { diagram } from './diagram';
import { DIAGRAM_FILE, PLAN_FILE } from './file-names';
import { type ComponentFiles, layout } from './layout';
import { type WriteResult, writeOutput } from './output/output';
import { planFile } from './plan-file';

/** An assembly as files: a YAML file for each object, the plan, and a picture of it. */
export class Manifests {
  /** The components with their files. */
  readonly components: readonly ComponentFiles[];

  /** @throws SynthesisError when a finding of the assembly is an error */
  constructor(private readonly assembly: Assembly) {
    this.components = layout(assembly.model, assembly.plan);
  }

  /** Content by path below the output folder. */
  files(): Map<string, string> {
    const { components } = this;
    const { plan } = this.assembly;
    const yaml = new YamlWriter();
    const files = new Map<string, string>();
    for (const component of components) for (const [object, file] of component.files) files.set(file, yaml.write(object));
    files.set(DIAGRAM_FILE, diagram(plan, components));
    return files.set(PLAN_FILE, `${JSON.stringify(planFile(plan, components), null, 2)}\n`);
  }

  /**
   * Writes all files or none.
   *
   * @param folder the output folder
   * @throws Error when the folder cannot be written; it is left as it was
   */
  write(folder: string): WriteResult {
    return writeOutput(folder, this.files());
  }
}
