import type { Kubectl, KubernetesObject } from '../../../e2e/kubectl';
import { Played } from './played';

interface WebhookConfiguration extends KubernetesObject {
  readonly webhooks?: readonly { readonly clientConfig: { readonly caBundle?: string } }[];
}

/** A certificate in the form that the API server wants to see; nobody uses it. */
const BUNDLE = Buffer.from('-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n').toString('base64');

/**
 * Does for a test what a cluster's own controllers do, and what nobody does where there are no containers: webhook configurations
 * get a CA bundle, Certificates become Ready.
 */
export class PlayedControllers extends Played {
  constructor(kubectl: Kubectl) {
    super(kubectl, 2000);
  }

  protected override async look(): Promise<void> {
    await this.bundles();
    await this.certificates();
  }

  private async bundles(): Promise<void> {
    for (const resource of ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']) {
      for (const { metadata, webhooks = [] } of await this.kubectl.get<WebhookConfiguration>(resource)) {
        const patch = webhooks.flatMap(({ clientConfig }, index) =>
          clientConfig.caBundle ? [] : [{ op: 'add', path: `/webhooks/${index}/clientConfig/caBundle`, value: BUNDLE }],
        );
        if (patch.length > 0) await this.ifThere(this.kubectl.patch(`${resource}/${metadata.name}`, patch, { type: 'json' }));
      }
    }
  }

  private async certificates(): Promise<void> {
    const kinds = await this.kubectl.get('crd', { name: 'certificates.cert-manager.io' });
    if (kinds.length === 0) return;
    for (const { metadata, status } of await this.kubectl
      .get('certificates.cert-manager.io', { allNamespaces: true })
      .catch(() => [])) {
      if (status) continue;
      const ready = {
        type: 'Ready',
        status: 'True',
        lastTransitionTime: '2026-01-01T00:00:00Z',
        reason: 'Issued',
        message: 'issued',
      };
      const patch = this.kubectl.patch(
        `certificates.cert-manager.io/${metadata.name}`,
        { status: { conditions: [ready] } },
        { subresource: 'status', namespace: metadata.namespace },
      );
      await this.ifThere(patch);
    }
  }

  /** What was found a moment ago may be gone. */
  private async ifThere(patch: Promise<unknown>): Promise<void> {
    await patch.catch((error: Error) => {
      if (!/NotFound|not found/.test(error.message)) throw error;
    });
  }
}
