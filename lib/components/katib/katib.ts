import type { Construct, IConstruct } from 'constructs';
import { issuers } from '../../../crds-imports/cert-manager.io';
import { configmaps, pods } from '../../../crds-imports/core';
import { AggregatedRoles } from '../../blocks/roles/aggregated-roles';
import type { SqlDatabase } from '../../blocks/store/sql-database';
import type { WebAppAccess } from '../../blocks/web-app/web-app-access';
import { ISSUER, type IssuerReference, NAMESPACE_CALLERS, TUNING, type Tuning } from '../../contracts';
import { allow, Component, Existing, refuse, World } from '../../core';
import { KUBEFLOW } from '../../release/namespaces';
import { type EarlyStoppingName, portProblems, type SuggestionName } from './algorithms';
import type { AlgorithmOptions, CollectorKind, CollectorOptions, EarlyStoppingOptions, KatibConfig } from './configuration';
import { controllerConfig, katibController } from './controller';
import { connectDatabase } from './database';
import { databaseManager } from './db-manager';
import { tables, tuningOffer } from './options';
import { KINDS } from './permissions';
import { SUGGESTION_CALLER } from './suggestions';
import type { Changes } from './table';
import { type TrialResource, trialResourceProblems } from './trial-resource';
import { type TrialTemplate, type TrialTemplateName, trialTemplates } from './trial-template';
import { type KatibConfiguration, released } from './tuning';
import { katibUi } from './ui';

/** Options of Katib. */
export interface KatibProps {
  /** Where the metrics of trials are kept. */
  readonly database: SqlDatabase;

  /**
   * Whether Katib makes its table when it is not there, for which the user of the database needs the right to.
   *
   * @default true
   */
  readonly createTable?: boolean;

  /**
   * Kinds that trials can be made of: the controller gets the rights that they need. A kind whose product is installed later is
   * found when the controller is started again.
   *
   * @default TrialResource.release
   */
  readonly trialResources?: readonly TrialResource[];

  /**
   * Suggestion algorithms that differ from the release's: one of one's own by a new name, other resources or another volume for one
   * of the release's, `false` to leave one out.
   *
   * @default - those of the release
   */
  readonly algorithms?: Changes<SuggestionName, AlgorithmOptions>;

  /**
   * Early stopping algorithms, likewise.
   *
   * @default - that of the release, medianstop
   */
  readonly earlyStopping?: Changes<EarlyStoppingName, EarlyStoppingOptions>;

  /**
   * Metrics collectors, likewise.
   *
   * @default - those of the release: StdOut, File and TensorFlowEvent
   */
  readonly collectors?: { readonly [Kind in CollectorKind]?: Partial<CollectorOptions> | false };

  /**
   * Whether metrics collectors run with the security context of the first container of their pod, which namespaces of the pod
   * security standard `restricted` need.
   *
   * @default false
   */
  readonly injectSecurityContext?: boolean;

  /**
   * Trial templates beside those of the release, by name; `false` leaves one out. Those of the release whose kind is no trial
   * resource are left out by themselves.
   *
   * @default - those of the release
   */
  readonly trialTemplates?: { readonly [Name in TrialTemplateName | (string & Record<never, never>)]?: TrialTemplate | false };

  /**
   * How users get to the web interface.
   *
   * @default - through the gateway of the platform's mesh, or by `kubectl port-forward` without one
   */
  readonly access?: WebAppAccess;
}

/**
 * Hyperparameter tuning: Experiments, whose trials are any kind of job. Controller with webhooks, DB manager, web interface.
 *
 * @see https://github.com/kubeflow/katib/tree/v0.19.0
 */
export class Katib extends Component {
  /** The file that configures Katib: what Experiments can ask for. */
  readonly configuration: KatibConfig;
  /** Names of the trial templates, each a key of the ConfigMap `trial-templates`. */
  readonly trialTemplates: readonly string[];

  /** What experiments can ask of it. */
  readonly tuning: Tuning;

  /** Says that the cluster has it and what it is configured with beside the release, to everything below a construct. */
  static existing(scope: IConstruct, configuration: KatibConfiguration = {}): void {
    World.declare(scope, Existing.namespace(KUBEFLOW), Existing.kinds(...KINDS));
    TUNING.offer(scope, released(configuration));
    NAMESPACE_CALLERS.offer(scope, SUGGESTION_CALLER);
  }

  /** @throws ConstructError when there is no database, or when options name what the release does not have or lack what they need */
  constructor(scope: Construct, id: string, props: KatibProps) {
    super(scope, id, { namespace: KUBEFLOW });
    const { injectSecurityContext = false, createTable = true } = props;
    const { trialResources, algorithms, earlyStopping, collectors } = tables(props);
    const templates = trialTemplates(trialResources, props.trialTemplates);
    refuse(this, [
      ...(props.database ? [] : [NO_DATABASE]),
      ...trialResourceProblems(trialResources),
      ...[algorithms, earlyStopping, collectors, templates].flatMap((table) => table.problems),
      ...portProblems(algorithms.entries),
    ]);

    this.trialTemplates = templates.entries.map(([name]) => name);
    this.tuning = tuningOffer(this.node.path, props);
    TUNING.offerAlone(this, this.tuning);
    if (!NAMESPACE_CALLERS.all(this).includes(SUGGESTION_CALLER)) NAMESPACE_CALLERS.offer(this, SUGGESTION_CALLER);
    this.configuration = {
      apiVersion: 'config.kubeflow.org/v1beta1',
      kind: 'KatibConfig',
      init: { controller: controllerConfig(trialResources, injectSecurityContext) },
      runtime: {
        metricsCollectors: collectors.entries.map(([kind, options]) => ({ kind: kind as CollectorKind, ...options })),
        suggestions: algorithms.entries.map(([algorithmName, options]) => ({ algorithmName, ...options })),
        earlyStoppings: earlyStopping.entries.map(([algorithmName, options]) => ({ algorithmName, ...options })),
      },
    };

    this.definitions(KINDS);
    katibController(this, { configuration: this.configuration, trialResources, issuer: this.issuer });
    databaseManager(this, connectDatabase(this, props.database, createTable));
    katibUi(this, props.access);
    this.templates(templates.entries);
    new AggregatedRoles(this, 'katib', {
      of: KINDS,
      edit: [allow('list').on(pods), allow('get').on(pods.sub('log'))],
    });
  }

  private templates(templates: readonly (readonly [string, TrialTemplate])[]): void {
    if (templates.length === 0) return;
    this.object(configmaps, {
      metadata: { name: 'trial-templates', labels: { 'katib.kubeflow.org/component': 'trial-templates' } },
      data: Object.fromEntries(templates.map(([name, template]) => [name, template.toString()])),
    });
  }

  /** Signs the certificate of the webhooks: the platform's, or one of Katib's own where it stands alone. */
  private get issuer(): IssuerReference {
    const issuer = ISSUER.near(this);
    if (issuer) return issuer;
    const own: IssuerReference = { kind: 'Issuer', name: 'katib-selfsigned-issuer' };
    this.object(issuers, { metadata: { name: own.name }, spec: { selfSigned: {} } });
    return own;
  }
}

const NO_DATABASE =
  'there is no database; give one with database: SqlDatabase.bundledMySql({ credentials }), ' +
  "its credentials being Credentials.existing('<secret>', '<key>') or, on a cluster that nobody else reaches, Credentials.development(), " +
  'or take one that is there with SqlDatabase.externalMySql({ … }) or SqlDatabase.externalPostgres({ … })';
