import type { Construct, IConstruct } from 'constructs';
import type { ResourceRequirements } from '../../../crds-imports/core';
import { Callers } from '../../blocks/network/callers';
import type { SqlDatabase } from '../../blocks/store/sql-database';
import type { WebApp } from '../../blocks/web-app/web-app';
import type { WebAppAccess } from '../../blocks/web-app/web-app-access';
import { type Caller, MESH } from '../../contracts';
import { Component, Existing, Roster, refuse, World } from '../../core';
import { registryServer } from './server';
import { PATH, webPage } from './web-page';

/** Options of a model registry. */
export interface ModelRegistryProps {
  /** Namespace of the team that it belongs to. */
  readonly namespace: string;

  /** Where it keeps what it knows of models. */
  readonly database: SqlDatabase;

  /**
   * Its web page: its own, or that of another registry, or none. One page shows the registries of all namespaces, and stands at one
   * path; so an app has one.
   *
   * @default - its own where users have a way to it: the gateway of the platform's mesh, or `access`
   */
  readonly webPage?: ModelRegistry | boolean;

  /**
   * How users get to the web page.
   *
   * @default - through the gateway of the platform's mesh
   */
  readonly access?: WebAppAccess;

  /**
   * Where the gateway of the mesh leads to the server, for scripts and the SDK, with a `/` at both ends; `false` for nowhere. Whoever
   * is logged in may read and write the registry there: the server asks for no rights.
   *
   * @default '/api/model_registry/'
   */
  readonly path?: string | false;

  /**
   * Programs of other namespaces that may read and write it. Those of its own namespace may.
   *
   * @default - none
   */
  readonly callers?: readonly Caller[];

  /** What the web page calls it. @default 'Kubeflow Model Registry' */
  readonly displayName?: string;

  /** What the web page says about it. @default - nothing */
  readonly description?: string;

  /** Requests and limits of the server. @default - requests of 100m CPU and 128Mi memory, a limit of 512Mi; upstream gives none */
  readonly resources?: ResourceRequirements;

  /** Requests and limits of the web page. @default - requests of 500m CPU and 2Gi memory, a limit of 2Gi */
  readonly webPageResources?: ResourceRequirements;
}

/** A model registry that the cluster has. */
export interface ExistingModelRegistry {
  /** Namespace of the team that it belongs to. */
  readonly namespace: string;
}

const registries = new Roster<ModelRegistry>('model-registries');
const API = '/api/model_registry/';

/**
 * A registry of models and their versions, for one team: REST server, database, web page.
 *
 * @see https://github.com/kubeflow/hub/tree/v0.3.9
 */
export class ModelRegistry extends Component {
  /** Says that the cluster has one, to everything below a construct. */
  static existing(scope: IConstruct, { namespace }: ExistingModelRegistry): void {
    World.declare(scope, Existing.namespace(namespace));
  }

  /** The web page, its own or another registry's. */
  readonly webPage: WebApp | undefined;
  /** Where the gateway leads to the server. */
  readonly path: string | undefined;

  /** @throws ConstructError when another registry of the app has the same path at the gateway, or a web page of its own, too */
  constructor(scope: Construct, id: string, props: ModelRegistryProps) {
    super(scope, id, { namespace: props.namespace });
    const { database, access, path = API, callers = [], displayName = 'Kubeflow Model Registry', description } = props;
    const { resources = RESOURCES, webPageResources = PAGE_RESOURCES } = props;
    const ownPage = hasOwnPage(this, props);
    this.path = path || undefined;
    this.check(ownPage);
    registries.add(this);
    this.webPage = ownPage ? webPage(this, access, webPageResources) : (props.webPage as ModelRegistry | undefined)?.webPage;
    const page = this.webPage && !ownPage ? [Callers.program(this.webPage)] : [];
    const server = registryServer(this, { database, callers: [...page, ...callers], displayName, description, resources });
    if (this.path) server.route({ name: 'model-registry', prefix: this.path, rewrite: API });
  }

  private check(ownPage: boolean): void {
    const others = registries.around(this);
    refuse(this, [
      ...others
        .filter(({ path }) => path !== undefined && path === this.path)
        .map(({ node }) => `the gateway leads from ${this.path} to ${node.path} already; give it another path, or path: false`),
      ...others
        .filter(({ webPage: page }) => ownPage && page)
        .map(({ node }) => `${node.path} has a web page, and there can be one at ${PATH}; give webPage: that registry, or false`),
    ]);
  }
}

/** Whether a registry has a web page of its own. */
export function hasOwnPage(scope: IConstruct, { webPage: page, access }: ModelRegistryProps): boolean {
  return page === undefined ? access !== undefined || MESH.near(scope) !== undefined : page === true;
}

const RESOURCES: ResourceRequirements = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } };
const PAGE_RESOURCES: ResourceRequirements = { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } };
