import { Image } from '../core/images/image';

/**
 * The images of Kubeflow 26.03.1, by product: every one that the distribution names, also those that only its controllers start.
 *
 * @see https://github.com/kubeflow/manifests/tree/v26.03.1
 */
export const images = {
  certManager: {
    controller: Image.of('quay.io/jetstack/cert-manager-controller:v1.20.2'),
    webhook: Image.of('quay.io/jetstack/cert-manager-webhook:v1.20.2'),
    cainjector: Image.of('quay.io/jetstack/cert-manager-cainjector:v1.20.2'),
    acmesolver: Image.of('quay.io/jetstack/cert-manager-acmesolver:v1.20.2'),
  },
  istio: {
    pilot: Image.of('registry.istio.io/release/pilot:1.30.1'),
    proxy: Image.of('registry.istio.io/release/proxyv2:1.30.1'),
    cni: Image.of('registry.istio.io/release/install-cni:1.30.1'),
    ztunnel: Image.of('registry.istio.io/release/ztunnel:1.30.1'),
  },
  dex: {
    server: Image.of('ghcr.io/dexidp/dex:v2.45.1'),
  },
  oauth2Proxy: {
    proxy: Image.of('quay.io/oauth2-proxy/oauth2-proxy:v7.15.2'),
  },
  knativeServing: {
    activator: Image.of(
      'gcr.io/knative-releases/knative.dev/serving/cmd/activator@sha256:8f7e9df2642a8ba715ebc55b62abee17b0984b6b6af0c6ec00dabaadf5f8cccb',
    ),
    autoscaler: Image.of(
      'gcr.io/knative-releases/knative.dev/serving/cmd/autoscaler@sha256:ec66d97244395b57a67923d4a8c5a95f0264805f1fdb2ee0cdb49ec0f3bd7855',
    ),
    controller: Image.of(
      'gcr.io/knative-releases/knative.dev/serving/cmd/controller@sha256:6833f2c83e9f356c274ddb2de40e5471ad2b1c08882c9bd11f5afa240e86d574',
    ),
    queueProxy: Image.of(
      'gcr.io/knative-releases/knative.dev/serving/cmd/queue@sha256:371c23206b7bd924474b07e51435198579133eb98fba27a5cb3db9e6ba63b06b',
    ),
    webhook: Image.of(
      'gcr.io/knative-releases/knative.dev/serving/cmd/webhook@sha256:c505888f7ee34ccadc1b9a6877d6d49691f633ea28cf8cbe03fcfa6d3afcd584',
    ),
    netIstioController: Image.of(
      'gcr.io/knative-releases/knative.dev/net-istio/cmd/controller@sha256:d849c758f269bf651bd2dd6a973a11d4029ecc2ba4c3bc0fd07b86252d5ab087',
    ),
    netIstioWebhook: Image.of(
      'gcr.io/knative-releases/knative.dev/net-istio/cmd/webhook@sha256:2563f60b712dbba6cb4f67a0925437c2841ce57433d9733528cfdfd566106995',
    ),
  },
  dashboard: {
    server: Image.of('ghcr.io/kubeflow/dashboard/dashboard:v2.0.0'),
    poddefaultsWebhook: Image.of('ghcr.io/kubeflow/dashboard/poddefaults-webhook:v2.0.0'),
    accessManagement: Image.of('ghcr.io/kubeflow/dashboard/access-management:v2.0.0'),
    profileController: Image.of('ghcr.io/kubeflow/dashboard/profile-controller:v2.0.0'),
  },
  katib: {
    controller: Image.of('ghcr.io/kubeflow/katib/katib-controller:v0.19.0'),
    dbManager: Image.of('ghcr.io/kubeflow/katib/katib-db-manager:v0.19.0'),
    ui: Image.of('ghcr.io/kubeflow/katib/katib-ui:v0.19.0'),
    mysql: Image.of('mysql:8.0'),
    postgres: Image.of('postgres:16-alpine'),
    fileMetricsCollector: Image.of('ghcr.io/kubeflow/katib/file-metrics-collector:v0.19.0'),
    tfeventMetricsCollector: Image.of('ghcr.io/kubeflow/katib/tfevent-metrics-collector:v0.19.0'),
    suggestionHyperopt: Image.of('ghcr.io/kubeflow/katib/suggestion-hyperopt:v0.19.0'),
    suggestionOptuna: Image.of('ghcr.io/kubeflow/katib/suggestion-optuna:v0.19.0'),
    suggestionHyperband: Image.of('ghcr.io/kubeflow/katib/suggestion-hyperband:v0.19.0'),
    suggestionSkopt: Image.of('ghcr.io/kubeflow/katib/suggestion-skopt:v0.19.0'),
    suggestionGoptuna: Image.of('ghcr.io/kubeflow/katib/suggestion-goptuna:v0.19.0'),
    suggestionEnas: Image.of('ghcr.io/kubeflow/katib/suggestion-enas:v0.19.0'),
    suggestionDarts: Image.of('ghcr.io/kubeflow/katib/suggestion-darts:v0.19.0'),
    suggestionPbt: Image.of('ghcr.io/kubeflow/katib/suggestion-pbt:v0.19.0'),
    earlyStoppingMedianstop: Image.of('ghcr.io/kubeflow/katib/earlystopping-medianstop:v0.19.0'),
    trialPytorchMnist: Image.of('ghcr.io/kubeflow/katib/pytorch-mnist-cpu:v0.19.0'),
    trialEnasCifar10: Image.of('ghcr.io/kubeflow/katib/enas-cnn-cifar10-cpu:v0.19.0'),
  },
  kserve: {
    controller: Image.of('kserve/kserve-controller:v0.18.0'),
    localmodelController: Image.of('kserve/kserve-localmodel-controller:v0.18.0'),
    localmodelNodeAgent: Image.of('kserve/kserve-localmodelnode-agent:v0.18.0'),
    llmisvcController: Image.of('kserve/llmisvc-controller:v0.18.0'),
    llmServer: Image.of('ghcr.io/llm-d/llm-d-cuda:v0.6.0'),
    llmRoutingSidecar: Image.of('ghcr.io/llm-d/llm-d-routing-sidecar:v0.7.1'),
    llmScheduler: Image.of('ghcr.io/llm-d/llm-d-inference-scheduler:v0.7.1'),
    llmTokenizer: Image.of('ghcr.io/llm-d/llm-d-uds-tokenizer:v0.7.1'),
    agent: Image.of('kserve/agent:v0.18.0'),
    router: Image.of('kserve/router:v0.18.0'),
    storageInitializer: Image.of('kserve/storage-initializer:v0.18.0'),
    artExplainer: Image.of('kserve/art-explainer:latest'),
    kubeRbacProxy: Image.of('quay.io/brancz/kube-rbac-proxy:v0.18.0'),
    huggingfaceserver: Image.of('kserve/huggingfaceserver:v0.18.0'),
    huggingfaceserverGpu: Image.of('kserve/huggingfaceserver:v0.18.0-gpu'),
    lgbserver: Image.of('kserve/lgbserver:v0.18.0'),
    mlserver: Image.of('docker.io/seldonio/mlserver:1.7.1'),
    paddleserver: Image.of('kserve/paddleserver:v0.18.0'),
    pmmlserver: Image.of('kserve/pmmlserver:v0.18.0'),
    predictiveserver: Image.of('kserve/predictiveserver:v0.18.0'),
    sklearnserver: Image.of('kserve/sklearnserver:v0.18.0'),
    tensorflowServing: Image.of('tensorflow/serving:2.6.2'),
    torchserve: Image.of('pytorch/torchserve-kfs:0.9.0'),
    tritonserver: Image.of('nvcr.io/nvidia/tritonserver:23.05-py3'),
    xgbserver: Image.of('kserve/xgbserver:v0.18.0'),
    modelsWebApp: Image.of('ghcr.io/kserve/models-web-app:0.18.0'),
  },
  modelCatalog: {
    server: Image.of('ghcr.io/kubeflow/hub/server:v0.3.9'),
    postgres: Image.of('postgres:17.6'),
  },
  modelRegistry: {
    server: Image.of('ghcr.io/kubeflow/hub/server:v0.3.9'),
    ui: Image.of('ghcr.io/kubeflow/hub/ui:v0.3.9'),
    mysql: Image.of('mysql:8.4'),
    postgres: Image.of('postgres:16-alpine'),
  },
  notebooks: {
    controller: Image.of('ghcr.io/kubeflow/notebooks/notebook-controller:v1.11.0'),
    jupyterWebApp: Image.of('ghcr.io/kubeflow/notebooks/jupyter-web-app:v1.11.0'),
    pvcviewerController: Image.of('ghcr.io/kubeflow/notebooks/pvcviewer-controller:v1.11.0'),
    tensorboardController: Image.of('ghcr.io/kubeflow/notebooks/tensorboard-controller:v1.11.0'),
    tensorboardsWebApp: Image.of('ghcr.io/kubeflow/notebooks/tensorboards-web-app:v1.11.0'),
    volumesWebApp: Image.of('ghcr.io/kubeflow/notebooks/volumes-web-app:v1.11.0'),
    kubeRbacProxy: Image.of('quay.io/brancz/kube-rbac-proxy:v0.13.1'),
    kubeRbacProxyOfTensorboards: Image.of('quay.io/brancz/kube-rbac-proxy:v0.8.0'),
    filebrowser: Image.of('filebrowser/filebrowser:v2.32.0'),
    tensorboard: Image.of('tensorflow/tensorflow:2.5.1'),
    serverScipy: Image.of('ghcr.io/kubeflow/kubeflow/notebook-servers/jupyter-scipy:v1.11.0'),
    serverPytorch: Image.of('ghcr.io/kubeflow/kubeflow/notebook-servers/jupyter-pytorch-full:v1.11.0'),
    serverPytorchCuda: Image.of('ghcr.io/kubeflow/kubeflow/notebook-servers/jupyter-pytorch-cuda-full:v1.11.0'),
    serverTensorflow: Image.of('ghcr.io/kubeflow/kubeflow/notebook-servers/jupyter-tensorflow-full:v1.11.0'),
    serverTensorflowCuda: Image.of('ghcr.io/kubeflow/kubeflow/notebook-servers/jupyter-tensorflow-cuda-full:v1.11.0'),
    serverCode: Image.of('ghcr.io/kubeflow/kubeflow/notebook-servers/codeserver-python:v1.11.0'),
    serverRstudio: Image.of('ghcr.io/kubeflow/kubeflow/notebook-servers/rstudio-tidyverse:v1.11.0'),
  },
  pipelines: {
    apiServer: Image.of('ghcr.io/kubeflow/kfp-api-server:2.16.1'),
    cacheServer: Image.of('ghcr.io/kubeflow/kfp-cache-server:2.16.1'),
    driver: Image.of('ghcr.io/kubeflow/kfp-driver:2.16.1'),
    frontend: Image.of('ghcr.io/kubeflow/kfp-frontend:2.16.1'),
    launcher: Image.of('ghcr.io/kubeflow/kfp-launcher:2.16.1'),
    metadataEnvoy: Image.of('ghcr.io/kubeflow/kfp-metadata-envoy:2.16.1'),
    metadataStore: Image.of('gcr.io/tfx-oss-public/ml_metadata_store_server:1.14.0'),
    metadataWriter: Image.of('ghcr.io/kubeflow/kfp-metadata-writer:2.16.1'),
    persistenceAgent: Image.of('ghcr.io/kubeflow/kfp-persistence-agent:2.16.1'),
    scheduledWorkflowController: Image.of('ghcr.io/kubeflow/kfp-scheduled-workflow-controller:2.16.1'),
    viewerController: Image.of('ghcr.io/kubeflow/kfp-viewer-crd-controller:2.16.1'),
    visualizationServer: Image.of('ghcr.io/kubeflow/kfp-visualization-server:2.16.1'),
    argoexec: Image.of('quay.io/argoproj/argoexec:v3.7.3'),
    workflowController: Image.of('quay.io/argoproj/workflow-controller:v3.7.3'),
    metacontroller: Image.of('ghcr.io/metacontroller/metacontroller:v4.11.22'),
    profileController: Image.of('docker.io/alpine/k8s:1.32.3'),
    mysql: Image.of('mysql:8.4'),
    seaweedfs: Image.of('chrislusf/seaweedfs:4.00'),
  },
  sparkOperator: {
    controller: Image.of('ghcr.io/kubeflow/spark-operator/controller:2.5.0'),
  },
  trainer: {
    controller: Image.of('ghcr.io/kubeflow/trainer/trainer-controller-manager:v2.2.0'),
    jobset: Image.of('registry.k8s.io/jobset/jobset:v0.11.0'),
    datasetInitializer: Image.of('ghcr.io/kubeflow/trainer/dataset-initializer:v2.2.0'),
    modelInitializer: Image.of('ghcr.io/kubeflow/trainer/model-initializer:v2.2.0'),
    deepspeedRuntime: Image.of('ghcr.io/kubeflow/trainer/deepspeed-runtime:v2.2.0'),
    /** Brings flux to the nodes of the flux policy; the tag names what it is built on. */
    fluxView: Image.of('ghcr.io/converged-computing/flux-view-ubuntu:tag-jammy'),
    jaxRuntime: Image.of('nvcr.io/nvidia/jax:25.10-py3'),
    mlxRuntime: Image.of('ghcr.io/kubeflow/trainer/mlx-runtime:v2.2.0'),
    torchRuntime: Image.of('pytorch/pytorch:2.10.0-cuda12.8-cudnn9-runtime'),
    torchtuneTrainer: Image.of('ghcr.io/kubeflow/trainer/torchtune-trainer:v2.2.0'),
    xgboostRuntime: Image.of('ghcr.io/kubeflow/trainer/xgboost-runtime:v2.2.0'),
  },
  trainingOperator: {
    controller: Image.of('ghcr.io/kubeflow/training-v1/training-operator:v1-3f15cb8'),
    initContainer: Image.of('alpine:3.10'),
    /** Built with the controller, from the same commit; the operator itself would take whatever `latest` is. */
    kubectlDelivery: Image.of('ghcr.io/kubeflow/training-v1/kubectl-delivery:v1-3f15cb8'),
  },
  kuberay: {
    operator: Image.of('quay.io/kuberay/operator:v1.3.2'),
  },
} as const;

/** The images of the release as a list. */
export const catalogue: readonly Image[] = Object.values(images).flatMap((product) => Object.values(product));
