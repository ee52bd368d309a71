import type { Construct } from 'constructs';
import { Callers } from '../network/callers';
import { declareWebhooks, type Webhooks } from '../webhooks/webhooks';
import { Server, type ServerProps } from './server';

/** A controller. */
export interface ControllerManagerProps extends ServerProps {
  /** @default - none */
  readonly webhooks?: Webhooks;
}

/** A controller: a server with what its webhooks need, which the API server calls. */
export class ControllerManager extends Server {
  constructor(scope: Construct, id: string, props: ControllerManagerProps) {
    const { webhooks, ports = [], volumes = [], names, ...rest } = props;
    if (!webhooks) {
      super(scope, id, props);
      return;
    }
    const { certificate } = webhooks;
    const port = { ...webhooks.port, callers: [Callers.apiServer] };
    super(scope, id, {
      ...rest,
      ports: [...ports, port],
      volumes: certificate.volume ? [...volumes, certificate.volume] : volumes,
      names: { policy: `${id}-webhook`, ...names },
    });
    declareWebhooks(this, this.guarded, { ...webhooks, port });
  }
}
