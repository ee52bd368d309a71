import { Converter, ReflectionKind } from 'typedoc';

/** What users write after `from`, by the file that TypeDoc calls a module by. */
const NAMES = { index: 'cdk8s-kubeflow', blocks: 'cdk8s-kubeflow/blocks', 'deploy/pulumi': 'cdk8s-kubeflow/pulumi' };

/** A plugin of TypeDoc: entry points go by the names under which they are imported. */
export function load({ converter }) {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      const name = NAMES[module.name];
      if (!name) throw new Error(`the entry point ${module.name} has no name`);
      module.name = name;
    }
  });
}
