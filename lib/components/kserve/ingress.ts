import type { MeshReference } from '../../blocks/mesh/sidecar-mesh';
import type { Mesh } from '../../contracts';
import { definitionReference, type Reference } from '../../core/references';
import type { IngressConfiguration } from './configuration';

/** A gateway, as `namespace/name`. */
const GATEWAY = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/**
 * What KServe itself insists on, whatever serves the traffic; read in the mode Knative with Istio only. It is the gateway that
 * Kubeflow's web applications share.
 */
const UNUSED_GATEWAY = 'kubeflow/kubeflow-gateway';

/** How requests from outside the cluster reach the models. */
export class KServeIngress {
  private constructor(
    /** How messages name it. */
    readonly description: string,
    /** What the controllers are told about it. */
    readonly configuration: Omit<IngressConfiguration, 'ingressDomain'>,
    /** What has to be in the cluster. */
    readonly needs: readonly Reference[],
    /** What is wrong with it, as a sentence. */
    readonly problem?: string,
  ) {}

  /** The gateway of a mesh, where there is one. @internal */
  static _of(mesh: Mesh | undefined): KServeIngress {
    return mesh ? KServeIngress.istio({ gateway: mesh.gateway.name }) : KServeIngress.none();
  }

  /** Models are reached from inside the cluster only, by the name of their Service. */
  static none(): KServeIngress {
    return new KServeIngress('no ingress', { ...PLAIN, disableIngressCreation: true }, []);
  }

  /**
   * A Kubernetes Ingress for each model.
   *
   * @param className the IngressClass, for instance `nginx`
   */
  static kubernetes(className: string): KServeIngress {
    return new KServeIngress(
      `Ingresses of the class ${className}`,
      { ...PLAIN, disableIngressCreation: false, ingressClassName: className },
      [],
      className ? undefined : 'the ingress class is empty; name an IngressClass of the cluster',
    );
  }

  /**
   * An HTTPRoute of the Gateway API for each model. The Gateway is there already, with a listener that admits routes from the
   * namespaces of the models.
   *
   * @param gateway as `namespace/name`
   * @see https://gateway-api.sigs.k8s.io/
   */
  static gatewayApi(gateway: string): KServeIngress {
    const [namespace = '', name = ''] = gateway.split('/');
    return new KServeIngress(
      `the Gateway ${gateway}`,
      { ...PLAIN, enableGatewayApi: true, kserveIngressGateway: gateway, disableIngressCreation: false },
      [
        definitionReference('httproutes.gateway.networking.k8s.io', 'ingress'),
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace, name, path: 'ingress' },
      ],
      wrongGateway(gateway),
    );
  }

  /**
   * The gateway of an Istio mesh that the cluster has: in the mode Knative through a VirtualService for each model, in the mode
   * Standard through an Ingress of the class `istio`.
   *
   * @param mesh whose gateway serves the models
   * @param local the gateway for traffic inside the cluster, as Knative sets it up by default
   */
  static istio(mesh: Pick<MeshReference, 'gateway'>, local: LocalGateway = KNATIVE_LOCAL_GATEWAY): KServeIngress {
    return new KServeIngress(
      `the mesh gateway ${mesh.gateway}`,
      {
        enableGatewayApi: false,
        ingressGateway: mesh.gateway,
        localGateway: local.gateway,
        localGatewayService: local.service,
        ingressClassName: 'istio',
        disableIstioVirtualHost: false,
        disableIngressCreation: false,
      },
      [definitionReference('virtualservices.networking.istio.io', 'ingress')],
      wrongGateway(mesh.gateway) ?? wrongGateway(local.gateway),
    );
  }
}

/** The gateway of a mesh through which requests from inside the cluster reach Knative's services. */
export interface LocalGateway {
  /** As `namespace/name`. */
  readonly gateway: string;
  /** Host name of the Service that leads to it. */
  readonly service: string;
}

/** What Knative's own installation calls it. */
export const KNATIVE_LOCAL_GATEWAY: LocalGateway = {
  gateway: 'knative-serving/knative-local-gateway',
  service: 'knative-local-gateway.istio-system.svc.cluster.local',
};

const PLAIN = { enableGatewayApi: false, ingressGateway: UNUSED_GATEWAY, disableIstioVirtualHost: true } as const;

function wrongGateway(gateway: string): string | undefined {
  return GATEWAY.test(gateway) ? undefined : `the gateway is ${JSON.stringify(gateway)}, must be namespace/name`;
}
