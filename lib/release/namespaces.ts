/** The namespace of Kubeflow's applications. */
export const KUBEFLOW = 'kubeflow';

/** The namespace of controllers that only the API server calls. */
export const KUBEFLOW_SYSTEM = 'kubeflow-system';
