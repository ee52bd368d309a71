/**
 * The controllers of the release, and how the images hold them. Those of one repository are compiled from one source.
 */
import type { Source } from './sources';

/** A program that is compiled, and the image that it is in. */
export interface Program {
  /** Name of the image, without registry mirror, tag and digest. */
  readonly image: string;
  /** Where the image has the program. */
  readonly path: string;
  /** What the image runs where the container says no command. */
  readonly entrypoint: string;
  /** @default '/' */
  readonly workingDirectory?: string;
  /** The user of the image. @default 0 */
  readonly user?: number;
  readonly source: Source;
  /** Folder of the main package's module below the source. @default '.' */
  readonly folder?: string;
  /** The main package. @default '.' */
  readonly package?: string;
}

const trainer: Source = {
  module: 'github.com/kubeflow/trainer/v2',
  version: 'v2.2.0',
  sum: 'h1:whChZckEtycLo1UKH/M0hiNaCUozbLvf9JrgmMv+TAg=',
};
const jobset: Source = {
  module: 'sigs.k8s.io/jobset',
  version: 'v0.11.0',
  sum: 'h1:1r2uTNQmylnqG/WCSSDADgNkHryvyUaCNCOgvSPWpN8=',
};
/** The release names its image by a commit, the one of this tag. */
const trainingOperator: Source = {
  module: 'github.com/kubeflow/training-operator',
  version: 'v1.9.3',
  sum: 'h1:aaSHqskOtCY8Dn8sVd+l9p5XAczW6O0nYMPjVLAw/lc=',
};
const katib: Source = {
  module: 'github.com/kubeflow/katib',
  version: 'v0.19.0',
  sum: 'h1:uexj303nRkGtTFtTkY4McCt6J0TCtnerX3i3E7TRA5M=',
};
/** Its programs are modules inside of the repository whose paths the module proxy cannot resolve. */
const certManager: Source = {
  repository: 'https://github.com/cert-manager/cert-manager',
  tag: 'v1.20.2',
  commit: 'e5b7b18450dd2c4b993b95bcd680b1a057205b00',
  paths: ['/*'],
};
/** The module proxy does not have this version. */
const kserve: Source = {
  repository: 'https://github.com/kserve/kserve',
  tag: 'v0.18.0',
  commit: '3a432a84880407b15c63f458080258838eff2792',
  paths: ['/go.mod', '/go.sum', '/cmd/', '/pkg/'],
};

export const PROGRAMS: readonly Program[] = [
  ...['controller', 'cainjector', 'webhook'].map((name) => ({
    image: `quay.io/jetstack/cert-manager-${name}`,
    path: `/app/cmd/${name}/${name}`,
    entrypoint: `/app/cmd/${name}/${name}`,
    user: 1000,
    source: certManager,
    folder: `cmd/${name}`,
  })),
  {
    image: 'ghcr.io/kubeflow/trainer/trainer-controller-manager',
    path: '/manager',
    entrypoint: '/manager',
    user: 65532,
    source: trainer,
    package: './cmd/trainer-controller-manager',
  },
  { image: 'registry.k8s.io/jobset/jobset', path: '/manager', entrypoint: '/manager', user: 65532, source: jobset },
  {
    image: 'ghcr.io/kubeflow/training-v1/training-operator',
    path: '/manager',
    entrypoint: '/manager',
    source: trainingOperator,
    package: './cmd/training-operator.v1',
  },
  {
    image: 'ghcr.io/kubeflow/katib/katib-controller',
    path: '/app/katib-controller',
    entrypoint: './katib-controller',
    workingDirectory: '/app',
    source: katib,
    package: './cmd/katib-controller/v1beta1',
  },
  {
    image: 'ghcr.io/kubeflow/katib/katib-db-manager',
    path: '/app/katib-db-manager',
    entrypoint: './katib-db-manager',
    workingDirectory: '/app',
    source: katib,
    package: './cmd/db-manager/v1beta1',
  },
  {
    image: 'ghcr.io/kubeflow/katib/suggestion-goptuna',
    path: '/opt/katib/goptuna-suggestion',
    entrypoint: './goptuna-suggestion',
    workingDirectory: '/opt/katib',
    source: katib,
    package: './cmd/suggestion/goptuna/v1beta1',
  },
  {
    image: 'kserve/kserve-controller',
    path: '/manager',
    entrypoint: '/manager',
    user: 1000,
    source: kserve,
    package: './cmd/manager',
  },
  {
    image: 'kserve/kserve-localmodel-controller',
    path: '/manager',
    entrypoint: '/manager',
    user: 1000,
    source: kserve,
    package: './cmd/localmodel',
  },
  {
    image: 'kserve/llmisvc-controller',
    path: '/manager',
    entrypoint: '/manager',
    user: 1000,
    source: kserve,
    package: './cmd/llmisvc',
  },
];
