import type { Manifest } from '../manifest';
import { isWorkload, type ModelIndex } from '../model-index';
import { target } from '../references';

interface ClientConfig {
  readonly caBundle?: string;
  readonly service?: { readonly namespace?: string; readonly name: string };
}

/**
 * What has a CA bundle that somebody else writes, each with who must be there for it: an injector where the object asks for one,
 * otherwise the program behind the webhook, before it says that it is available.
 */
export class Bundles {
  private readonly workloads: readonly Manifest[];

  constructor(private readonly index: ModelIndex) {
    this.workloads = index.objects.filter(isWorkload);
  }

  /** Who has to be there before the bundle of an object is written on its request. */
  writersOf(object: Manifest): Manifest[] {
    const { injected } = this.index.facts.of(object);
    const from = injected?.from(object);
    if (!injected || !from) return [];
    const labels = Object.entries(injected.writer);
    const injectors = this.workloads.filter(({ metadata }) => labels.every(([key, value]) => metadata.labels?.[key] === value));
    const source = this.index.makerOf(target(from)) ?? this.index.get(target(from));
    // What is never ready by itself, as a Secret, is filled by the program that serves with it.
    return [...injectors, ...(source && this.index.facts.of(source).ready ? [source] : this.behind(object))];
  }

  /** The programs that write the bundle of an object by themselves, and are not available before that. */
  ownWriters(object: Manifest): Manifest[] {
    const isInjected = this.index.facts.of(object).injected?.asked(object);
    return isInjected || clientConfigs(object).every(({ service, caBundle }) => !service || caBundle) ? [] : this.behind(object);
  }

  private behind(object: Manifest): Manifest[] {
    const services = clientConfigs(object).flatMap(({ service }) => service ?? []);
    return [...new Set(services.flatMap(({ namespace, name }) => this.index.behind(this.index.service(namespace, name))))];
  }
}

function clientConfigs({ webhooks, spec }: Manifest): ClientConfig[] {
  const conversion = (spec as { conversion?: { webhook?: { clientConfig?: ClientConfig } } } | undefined)?.conversion?.webhook;
  const all = [...((webhooks ?? []) as readonly { clientConfig?: ClientConfig }[]), ...(conversion ? [conversion] : [])];
  return all.flatMap(({ clientConfig }) => clientConfig ?? []);
}
