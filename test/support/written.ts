import { parse } from 'yaml';

/** An object as it is written, without its API version, name and namespace, which every object of a test shares. */
export function written(yaml: string): object {
  const { apiVersion: _version, metadata, ...rest } = parse(yaml);
  const { name: _name, namespace: _namespace, ...told } = metadata;
  return { ...told, ...rest };
}
