import type { Manifest } from '../../core';
import { identityOf } from '../../core/manifest';
import { isWorkload, type ModelIndex } from '../../core/model-index';

interface ClientConfig {
  readonly caBundle?: string;
  readonly service?: { readonly namespace?: string; readonly name: string };
}

/**
 * What has a CA bundle that somebody else writes, each with who must be there for it. cert-manager's injector writes on request, from
 * a Certificate or from a Secret; otherwise the program behind the webhook does, before it says that it is available. An object that
 * was waited for before its writer is asked for could take the writer's turn, as the engine does a limited number of things at once.
 */
export class Bundles {
  private readonly injectors: readonly Manifest[];

  constructor(
    objects: readonly Manifest[],
    private readonly index: ModelIndex,
  ) {
    this.injectors = objects.filter((object) => isWorkload(object) && object.metadata.labels?.[NAME] === 'cainjector');
  }

  /** Who has to be there before the bundle of an object is written. */
  writersOf(object: Manifest): Manifest[] {
    const { annotations = {} } = object.metadata;
    const certificate = annotations[FROM_CERTIFICATE];
    const secret = annotations[FROM_SECRET];
    if (certificate) return [...this.injectors, ...this.found('cert-manager.io', 'Certificate', certificate)];
    if (!secret) return [];
    const issued = this.index.writerOf(identityOf('', 'Secret', ...split(secret)));
    return [...this.injectors, ...(issued ? [issued] : this.behind(object))];
  }

  /** The programs that write the bundle of an object by themselves, and are not available before that. */
  ownWriters(object: Manifest): Manifest[] {
    const { annotations = {} } = object.metadata;
    const isInjected = Object.keys(annotations).some((name) => name.startsWith(INJECT));
    return isInjected || clientConfigs(object).every(({ service, caBundle }) => !service || caBundle) ? [] : this.behind(object);
  }

  private behind(object: Manifest): Manifest[] {
    const services = clientConfigs(object).flatMap(({ service }) => service ?? []);
    return [...new Set(services.flatMap(({ namespace, name }) => this.index.behind(this.index.service(namespace, name))))];
  }

  private found(group: string, kind: string, name: string): Manifest[] {
    const found = this.index.get(identityOf(group, kind, ...split(name)));
    return found ? [found] : [];
  }
}

const NAME = 'app.kubernetes.io/name';
const INJECT = 'cert-manager.io/inject-';
const FROM_CERTIFICATE = `${INJECT}ca-from`;
const FROM_SECRET = `${INJECT}ca-from-secret`;

/** `namespace/name` in its parts. */
function split(name: string): [namespace: string, name: string] {
  const [namespace = '', rest = ''] = name.split('/');
  return [namespace, rest];
}

function clientConfigs({ webhooks, spec }: Manifest): ClientConfig[] {
  const conversion = (spec as { conversion?: { webhook?: { clientConfig?: ClientConfig } } } | undefined)?.conversion?.webhook;
  const all = [...((webhooks ?? []) as readonly { clientConfig?: ClientConfig }[]), ...(conversion ? [conversion] : [])];
  return all.flatMap(({ clientConfig }) => clientConfig ?? []);
}
