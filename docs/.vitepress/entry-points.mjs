import { Comment, Converter, ReflectionKind } from 'typedoc';

/** What users write after `from`, and what they find there, by the file that TypeDoc calls a module by. */
const ENTRY_POINTS = {
  index: ['cdk8s-kubeflow', 'The platform, its components, workloads, and everything that they are declared with.'],
  blocks: ['cdk8s-kubeflow/blocks', 'The shapes that recur in components, for people who write components of their own.'],
  'deploy/pulumi': ['cdk8s-kubeflow/pulumi', 'The way out with Pulumi: deployments, outputs, secrets.'],
};

/** A plugin of TypeDoc: entry points go by the names under which they are imported. */
export function load({ converter }) {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      const entryPoint = ENTRY_POINTS[module.name];
      if (!entryPoint) throw new Error(`the entry point ${module.name} has no name`);
      const [name, text] = entryPoint;
      module.name = name;
      module.comment = new Comment([{ kind: 'text', text }]);
    }
  });
}
