import type { KeyToPath, Volume, VolumeProjection } from '../../../crds-imports/core';
import { DNS_LABEL, DNS_SUBDOMAIN } from '../names';
import { claimSpec } from './claims';
import { fieldPath, resource } from './environment';
import type { Field } from './field';
import { notNegative } from './quantities';
import { ABSOLUTE_PATH, DATA_KEY, DESCENDING_PATH, PATH_WITHOUT_BACKSTEPS } from './texts';

/** Bits of a file's mode. */
const MODES = 0o777;

/** What of a pod a file can have. */
const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.labels', 'metadata.annotations'];

/** The volumes of a pod. @returns their names */
export function volumes(field: Field, list: readonly Volume[] | undefined): Set<string> {
  const names = new Set<string>();
  field.each('volumes', list, (volume, at) => {
    if (volume.name === '') at.at('name').say('is required');
    else at.text('name', volume.name, DNS_LABEL);
    at.at('name').once(names, volume.name, () => `repeats ${JSON.stringify(volume.name)}`);
    // Without a source it is an empty folder.
    at.oneOf(
      volume,
      Object.keys(volume)
        .filter((key) => key !== 'name')
        .sort(),
      0,
    );
    source(at, volume);
  });
  return names;
}

function source(
  field: Field,
  { emptyDir, hostPath, secret, configMap, persistentVolumeClaim, nfs, csi, downwardAPI, projected, ephemeral, image }: Volume,
): void {
  if (emptyDir) notNegative(field.at('emptyDir').at('sizeLimit'), emptyDir.sizeLimit);
  if (hostPath) {
    field.at('hostPath').required('path', hostPath.path);
    field.at('hostPath').text('path', hostPath.path, PATH_WITHOUT_BACKSTEPS);
  }
  if (secret) {
    field.at('secret').required('secretName', secret.secretName || '');
    mode(field.at('secret'), 'defaultMode', secret.defaultMode);
    items(field.at('secret'), secret.items);
  }
  if (configMap) {
    field.at('configMap').required('name', configMap.name || '');
    mode(field.at('configMap'), 'defaultMode', configMap.defaultMode);
    items(field.at('configMap'), configMap.items);
  }
  if (persistentVolumeClaim) field.at('persistentVolumeClaim').required('claimName', persistentVolumeClaim.claimName);
  if (nfs) {
    const at = field.at('nfs');
    at.required('server', nfs.server);
    at.required('path', nfs.path);
    if (nfs.path) at.text('path', nfs.path, ABSOLUTE_PATH);
  }
  if (csi) {
    const at = field.at('csi');
    if (csi.driver === '') at.at('driver').say('is required');
    else at.text('driver', csi.driver.toLowerCase(), { ...DNS_SUBDOMAIN, length: 63 });
    if (csi.nodePublishSecretRef) at.at('nodePublishSecretRef').required('name', csi.nodePublishSecretRef.name || '');
  }
  if (downwardAPI) {
    mode(field.at('downwardAPI'), 'defaultMode', downwardAPI.defaultMode);
    field.at('downwardAPI').each('items', downwardAPI.items, downward);
  }
  if (projected) {
    mode(field.at('projected'), 'defaultMode', projected.defaultMode);
    const paths = new Set<string>();
    field.at('projected').each('sources', projected.sources, (one, at) => projection(at, one, paths));
  }
  if (ephemeral) {
    const at = field.at('ephemeral');
    const { volumeClaimTemplate: template } = ephemeral;
    if (template) claimSpec(at.as('claim').at('volumeClaimTemplate').at('spec'), template.spec);
    else at.at('volumeClaimTemplate').say('is required');
  }
  if (image) field.at('image').required('reference', image.reference || '');
}

function projection(field: Field, one: VolumeProjection, paths: Set<string>): void {
  field.oneOf(one, ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'], 0);
  const path = (at: Field, text: string) => at.at('path').once(paths, text, () => `repeats ${JSON.stringify(text)}`);
  for (const kind of ['secret', 'configMap'] as const) {
    const named = one[kind];
    if (!named) continue;
    field.at(kind).required('name', named.name || '');
    items(field.at(kind), named.items);
    field.at(kind).each('items', named.items, (item, at) => path(at, item.path));
  }
  field.at('downwardAPI').each('items', one.downwardAPI?.items, (item, at) => {
    downward(item, at);
    path(at, item.path);
  });
  const { serviceAccountToken: token } = one;
  if (!token) return;
  const at = field.at('serviceAccountToken');
  at.number('expirationSeconds', token.expirationSeconds, 600, 2 ** 32);
  if (token.path === '') at.at('path').say('is required');
  else at.text('path', token.path, DESCENDING_PATH);
}

function downward(item: NonNullable<NonNullable<Volume['downwardAPI']>['items']>[number], field: Field): void {
  relative(field, item.path);
  mode(field, 'mode', item.mode);
  field.oneOf(item, ['fieldRef', 'resourceFieldRef']);
  if (item.fieldRef) fieldPath(field.at('fieldRef'), item.fieldRef.fieldPath, FIELDS);
  const { resourceFieldRef } = item;
  if (!resourceFieldRef) return;
  resource(field.at('resourceFieldRef'), resourceFieldRef.resource);
  field.at('resourceFieldRef').required('containerName', resourceFieldRef.containerName ?? '');
}

function items(field: Field, list: readonly KeyToPath[] | undefined): void {
  field.each('items', list, (item, at) => {
    if (item.key === '') at.at('key').say('is required');
    else at.text('key', item.key, DATA_KEY);
    relative(at, item.path);
    mode(at, 'mode', item.mode);
  });
}

function relative(field: Field, path: string): void {
  if (path === '') field.at('path').say('is required');
  else if (path.startsWith('..')) field.at('path').must('not begin with ".."', path);
  else field.text('path', path, DESCENDING_PATH);
}

function mode(field: Field, name: string, value: number | undefined): void {
  if (value !== undefined && (value < 0 || value > MODES)) field.at(name).must('be between 0 and 511, which is 0o777', value);
}
