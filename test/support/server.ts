import type { Chart } from 'cdk8s';
import type { Deployment } from '../../crds-imports/apps';
import { type Assembly, Image } from '../../lib';
import { Replicas, Server, type ServerProps } from '../../lib/blocks';
import { MESH, type Mesh, Settings } from '../../lib/contracts';
import { assembled, teamChart } from './app';
import { find } from './platform';

/** The least that a server is. */
export const SERVER: ServerProps = {
  image: Image.of('example.com/server:1'),
  replicas: Replicas.any(),
  selector: { app: 'server' },
  resources: { requests: { cpu: '10m', memory: '10Mi' } },
};

/** What is around a server. */
export interface Around {
  readonly mesh?: Mesh;
  readonly availability?: 'single' | 'high';
}

/** A chart of the namespace `team`, with what is around a server. */
export function chartWith({ mesh, availability = 'single' }: Around = {}): Chart {
  const chart = teamChart();
  Settings.offer(chart, { availability });
  if (mesh) MESH.offer(chart, mesh);
  return chart;
}

/** A server called `server`, assembled. */
export function server(props: Partial<ServerProps> = {}, around: Around = {}): Assembly {
  const chart = chartWith(around);
  new Server(chart, 'server', { ...SERVER, ...props });
  return assembled(chart);
}

/** The kinds and names of what was declared. */
export function declared(assembly: Assembly): string[] {
  return assembly.model.manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

/** The template of a workload's pods. */
export function podOf(assembly: Assembly, name = 'server', kind = 'Deployment') {
  const { spec } = find(assembly, kind, name) as unknown as Deployment;
  const [container] = spec?.template.spec?.containers ?? [];
  if (!spec?.template.spec || !container) throw new Error(`${kind} ${name} has no pods`);
  return { ...spec.template, spec: spec.template.spec, container };
}
