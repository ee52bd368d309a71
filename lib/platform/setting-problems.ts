import { pods } from '../../crds-imports/core';
import { Assembly, Component, declare } from '../core';
import type { WorkloadSettings } from './workload-settings';

/** The pod that stands for all that the settings reach. */
const PROBE = { name: 'settings', namespace: 'settings' };

/**
 * What is wrong with the settings, each as a sentence: they are held once to what every pod that they reach is held to, so that one
 * mistake is one sentence and names the setting.
 */
export function settingProblems({ labels, annotations, resources = {}, ...settings }: WorkloadSettings): string[] {
  const { nodeSelector, tolerations, priorityClassName } = settings;
  const keys = Object.keys(resources);
  const { findings } = Assembly.apart((app) =>
    declare(new Settings(app, PROBE.name, { namespace: PROBE.namespace }), pods, {
      metadata: { name: PROBE.name, labels, annotations },
      spec: {
        nodeSelector,
        tolerations: tolerations && [...tolerations],
        priorityClassName,
        // The first stands for containers without settings of their own.
        containers: [undefined, ...keys].map((key, index) => ({
          name: `c${index}`,
          image: 'none',
          ...(key !== undefined && { resources: resources[key] }),
        })),
      },
    }),
  );
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) =>
      message
        .replace(`Pod ${PROBE.namespace}/${PROBE.name}: `, '')
        .replace(/^metadata\./, 'workloads.')
        .replace(
          /^spec\.containers\[(\d+)\]\.resources/,
          (_, index: string) => `workloads.resources[${JSON.stringify(keys[Number(index) - 1])}]`,
        )
        .replace(/^spec\./, 'workloads.'),
    );
}

/** What the probe is declared in. */
class Settings extends Component {}
