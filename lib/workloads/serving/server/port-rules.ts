import { error, type Rule, warning } from '../../../core/rule';
import { inParts, type Part, type ServerFacts } from './facts';
import { speaksGrpc } from './urls';

type Probed = { readonly [Probe in 'livenessProbe' | 'readinessProbe']?: { readonly httpGet?: { readonly port?: unknown } } };

/** Probes without a port. */
function portless({ spec }: Part): string[] {
  const containers = [
    ...(spec.containers ?? []),
    ...(spec.model ? [spec.model] : []),
    ...(spec.art ? [spec.art] : []),
  ] as Probed[];
  return containers.flatMap((container) =>
    (['livenessProbe', 'readinessProbe'] as const).filter((probe) => {
      const { httpGet } = container[probe] ?? {};
      return httpGet !== undefined && httpGet.port === undefined;
    }),
  );
}

/** The rules of ports. */
export const PORT_RULES: readonly Rule<ServerFacts>[] = [
  error(
    'kserve/probe-without-port',
    'Knative fills in the port of a probe; a Deployment without it is refused.',
    inParts((part, { mode }) => {
      const found = portless(part);
      return mode === 'Standard' && found.length > 0
        ? `has a ${found.join(' and a ')} without a port, which Standard mode needs; give httpGet.port`
        : undefined;
    }),
  ),
  warning(
    'kserve/closed-grpc-port',
    'KServe opens the first port of a container, and speaks gRPC with one that is called h2c only.',
    ({ spec, choice }) =>
      choice?.protocol.startsWith('grpc') && !spec.transformer && !speaksGrpc(spec)
        ? `the model speaks ${choice.protocol}, but its first port is none of gRPC; give the runtime's: ports: [{ name: 'h2c', containerPort: 9000 }]`
        : undefined,
  ),
];
