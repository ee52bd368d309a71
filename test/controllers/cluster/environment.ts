import type { NamespaceData } from './namespace-data';
import { API_SERVER } from './network';
import type { Container, PodObject, Variable } from './objects';
import { field } from './volumes';

/** The environment variables of a container. */
export async function environment(
  pod: PodObject,
  container: Container,
  data: NamespaceData,
  address: string,
): Promise<Map<string, string>> {
  const variables = new Map([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOME', '/'],
    ['HOSTNAME', pod.metadata.name],
    ['KUBERNETES_SERVICE_HOST', API_SERVER],
    ['KUBERNETES_SERVICE_PORT', '443'],
  ]);
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const all = configMapRef
      ? await data.configMap(configMapRef.name, configMapRef.optional)
      : await data.secret(secretRef?.name ?? '', secretRef?.optional);
    for (const [name, value] of all) variables.set(prefix + name, value.toString());
  }
  for (const variable of container.env ?? []) {
    const value = await resolve(variable, pod, data, address);
    if (value !== undefined) variables.set(variable.name, expand(value, variables));
  }
  return variables;
}

async function resolve({ value = '', valueFrom }: Variable, pod: PodObject, data: NamespaceData, address: string) {
  if (!valueFrom) return value;
  const { fieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) return field(pod, fieldRef.fieldPath, address);
  if (secretKeyRef) return (await data.secret(secretKeyRef.name, secretKeyRef.optional)).get(secretKeyRef.key)?.toString();
  if (configMapKeyRef) {
    return (await data.configMap(configMapKeyRef.name, configMapKeyRef.optional)).get(configMapKeyRef.key)?.toString();
  }
  throw new Error(`${pod.metadata.name}: no variable takes its value like ${JSON.stringify(valueFrom)} here`);
}

/** Puts the values of variables where a text has `$(NAME)`; an unknown name stays as it is. */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$\((\w+)\)/g, (reference, name: string) => variables.get(name) ?? reference);
}
