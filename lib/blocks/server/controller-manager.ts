import type { Construct } from 'constructs';
import { namespaceOf } from '../../core';
import { Callers } from '../network/callers';
import { declareWebhooks, type Webhooks } from '../webhooks/webhooks';
import { Server, type ServerProps } from './server';

/** A controller. */
export interface ControllerManagerProps extends ServerProps {
  /** @default - none */
  readonly webhooks?: Webhooks;
}

/** A controller: a server with what its webhooks need, which the API server calls. Their NetworkPolicy ends with `-webhook`. */
export class ControllerManager extends Server {
  constructor(scope: Construct, id: string, { webhooks, ...props }: ControllerManagerProps) {
    super(scope, id, webhooks ? withWebhooks(id, namespaceOf(scope) as string, props, webhooks) : props);
    if (webhooks) declareWebhooks(this, this.guarded, webhooks);
  }
}

function withWebhooks(
  id: string,
  chart: string,
  props: ServerProps,
  { port, certificate, mutating = [], validating = [] }: Webhooks,
): ServerProps {
  const { ports = [], volumes = [], names, roles = [], namespace = chart } = props;
  const namesOf = (configurations: NonNullable<Webhooks['mutating']>) => configurations.map(({ name }) => name);
  const keeping = certificate.roles({ name: id, namespace, mutating: namesOf(mutating), validating: namesOf(validating) });
  return {
    ...props,
    ports: [...ports, { ...port, callers: [Callers.apiServer] }],
    volumes: certificate.volume ? [...volumes, certificate.volume] : volumes,
    roles: [...roles, ...keeping],
    names: { policy: `${id}-webhook`, ...names },
  };
}
