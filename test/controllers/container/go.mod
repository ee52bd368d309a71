// What runs a container's program in the tests of the controllers.
module cdk8s-kubeflow.invalid/controllers/container

go 1.24.0
