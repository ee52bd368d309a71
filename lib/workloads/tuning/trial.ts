import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { jobs } from '../../../crds-imports/batch';
import type { ObjectMeta } from '../../../crds-imports/meta';
import type { Kind } from '../../core';
import { enforce } from '../../core/rule';
import { madeFor } from '../made-for';
import { overriddenPod } from '../overrides';
import type { DeclaredObject } from '../pod/declared-object';
import { nameOf } from '../pod/env';
import { given } from '../pod/given';
import { type JobPodOptions, jobPodTemplate } from '../pod/job-pods';
import { withPodDefaults } from '../pod/pod-defaults';
import { queuedPods, queueIn } from '../queue/queue';
import { QUEUE_RULES } from '../queue/rules';
import { type JobManifest, jobManifest, trainingJobManifest } from '../training/manifest';
import type { JobOptions, TrainingJobProps } from '../training/props';
import { primaryPod } from './primary-pod';
import { trialKindOf } from './trial-kinds';
import type { TrialParameter } from './trial-parameter';
import { writtenByGo } from './written-by-go';

/** Where Katib finds a trial's metrics and its end, when that does not follow from its kind. */
export interface TrialOptions {
  /** Container that reports the metrics; every pod of a trial has to have one of this name. @default - by the kind */
  readonly primaryContainer?: string;
  /** Labels of the pod that reports the metrics. @default - by the kind; all pods, for kinds that Katib does not know */
  readonly primaryPodLabels?: Readonly<Record<string, string>>;
  /** When a trial has succeeded, an expression of GJSON over the job. @default - by the kind */
  readonly successCondition?: string;
  /** When a trial has failed, an expression of GJSON over the job. @default - by the kind */
  readonly failureCondition?: string;
  /**
   * Names under which the trial refers to what is searched, where they are not the parameters' own: `{ learningRate: lr }` for
   * `${trialParameters.learningRate}`.
   *
   * @default - the parameters' own names
   */
  readonly parameters?: Readonly<Record<string, TrialParameter | string>>;
  /** Keeps the job of a trial that has ended; otherwise Katib deletes it. @default false */
  readonly retain?: boolean;
}

/** A Kubernetes Job as a trial. */
export interface JobTrial extends JobPodOptions, Omit<JobOptions, 'acknowledge'> {
  /** @default 'Never' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
  /** Pods that may fail until the job does. @default 6 */
  readonly backoffLimit?: number;
  /** Time after its start at which the job fails. @default - none */
  readonly activeDeadline?: Duration;
  /** For the field that no option foresaw: merged last into the pod template, like `overrides`. @default - none */
  readonly podOverrides?: Readonly<Record<string, unknown>>;
}

/** Any object but for its name and namespace, which each trial gets of its own. */
export type TrialBody<T> = Omit<T, 'metadata'> & { readonly metadata?: Omit<ObjectMeta, 'name' | 'namespace'> };

/** An object without a name. */
export interface TrialObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** Where Katib finds the template of trials in the cluster. */
export interface ConfigMapSource {
  readonly configMapName: string;
  readonly configMapNamespace: string;
  readonly templatePath: string;
}

/** The template of an experiment's trials. */
export interface TrialDeclaration extends TrialOptions {
  readonly object?: TrialObject;
  readonly configMap?: ConfigMapSource;
  /** Names of the containers by pod, where the object itself does not show its pods. */
  readonly containers?: Readonly<Record<string, readonly string[]>>;
}

/** Name of the container of a Job's trial. */
const CONTAINER = 'training-container';

/** What an experiment runs to try values. */
export class Trial {
  private constructor(private readonly build: (construct: IConstruct, name: string) => TrialDeclaration) {}

  /** A training job, of any framework or with a runtime. */
  static trainingJob(props: TrainingJobProps, options: TrialOptions = {}): Trial {
    return new Trial((construct, name) => ({
      object: nameless(trainingJobManifest(construct, name, props)),
      ...primaryPod(construct.node.path, props),
      ...options,
    }));
  }

  /** A Kubernetes Job. */
  static job(props: JobTrial, options: TrialOptions = {}): Trial {
    const { restartPolicy = 'Never', backoffLimit, activeDeadline, podOverrides } = props;
    return new Trial((construct) => {
      const whole = withPodDefaults(construct, { ...props, queue: madeFor(construct.node.path, () => queueIn(props)) });
      enforce(construct, QUEUE_RULES, whole);
      const object = madeFor(construct.node.path, () => {
        const template = overriddenPod(jobPodTemplate(CONTAINER, queuedPods(whole)), { spec: { restartPolicy } });
        const spec = {
          ...given({ backoffLimit, activeDeadlineSeconds: activeDeadline?.toSeconds() }),
          template: overriddenPod(template, podOverrides),
        };
        return writtenByGo(nameless(jobManifest(jobs, spec, whole)));
      });
      return { object, primaryContainer: CONTAINER, ...options };
    });
  }

  /**
   * Any object.
   *
   * @param options at least the primary container; for a kind of which nobody knows when it ends, both conditions, too. That is known
   * of Jobs, JobSets, training jobs, RayJobs, SparkApplications, and of the runs of Argo and Tekton
   */
  static of<T>(kind: Kind<T>, body: TrialBody<T>, options: TrialOptions): Trial {
    const object = { apiVersion: kind.apiVersion, kind: kind.kind, ...body } as TrialObject;
    const written = isJob(object) ? writtenByGo(object) : object;
    return new Trial(() => ({ object: written, ...trialKindOf(kind)?.ends, ...options }));
  }

  /**
   * A template in a ConfigMap of the cluster. Its text is not seen here: it has to hold the placeholder of every parameter. In it,
   * placeholders can also stand for numbers, except in a Kubernetes Job.
   *
   * @param configMap the ConfigMap, or the name of one that the cluster has
   * @param source its namespace, and the key of the template
   */
  static configMap(
    configMap: DeclaredObject | string,
    source: { readonly namespace: string; readonly key: string },
    options: TrialOptions,
  ): Trial {
    const { namespace, key } = source;
    return new Trial(() => ({
      configMap: { configMapName: nameOf(configMap), configMapNamespace: namespace, templatePath: key },
      ...options,
    }));
  }

  /**
   * The template, held to the rules of its job.
   *
   * @param name as long as the names of its jobs
   * @internal
   */
  _template(construct: IConstruct, name: string): TrialDeclaration {
    return this.build(construct, name);
  }
}

/** Whether it is a Kubernetes Job, which Katib's webhook reads strictly. */
export function isJob({ apiVersion, kind }: TrialObject): boolean {
  return apiVersion === jobs.apiVersion && kind === jobs.kind;
}

function nameless({ kind, labels, annotations, spec }: JobManifest): TrialObject {
  const metadata = given({ labels, annotations });
  return { apiVersion: kind.apiVersion, kind: kind.kind, ...(Object.keys(metadata).length > 0 && { metadata }), spec };
}
