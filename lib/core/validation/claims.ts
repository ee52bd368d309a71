import type { PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../crds-imports/core';
import type { StorageClass } from '../../../crds-imports/storage.k8s.io';
import { DNS_SUBDOMAIN } from '../names';
import { nodeTerm } from './affinity';
import type { Field } from './field';
import { quantity } from './quantities';
import { selector } from './selectors';
import { labelKey } from './texts';

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** A claim for storage. */
export function claim(field: Field, { spec }: PersistentVolumeClaim): void {
  if (spec) claimSpec(field.at('spec'), spec);
  else field.at('spec').say('is required');
}

/** What a claim asks for, wherever it stands. */
export function claimSpec(field: Field, spec: PersistentVolumeClaimSpec): void {
  accessModes(field, spec.accessModes);
  const storage = spec.resources?.requests?.storage;
  const at = field.at('resources').at('requests').at('storage');
  if (storage === undefined) at.say('is required');
  else positive(at, storage);
  if (spec.storageClassName) field.text('storageClassName', spec.storageClassName, DNS_SUBDOMAIN);
  selector(field, 'selector', spec.selector);
}

/** Storage that claims are given. */
export function persistentVolume(field: Field, { spec }: PersistentVolume): void {
  if (!spec) {
    field.at('spec').say('is required');
    return;
  }
  const at = field.at('spec');
  accessModes(at, spec.accessModes);
  const storage = spec.capacity?.storage;
  if (storage === undefined) at.at('capacity').at('storage').say('is required');
  else positive(at.at('capacity').at('storage'), storage);
  if (spec.storageClassName) at.text('storageClassName', spec.storageClassName, DNS_SUBDOMAIN);
  at.at('nodeAffinity').at('required').each('nodeSelectorTerms', spec.nodeAffinity?.required?.nodeSelectorTerms, nodeTerm);
}

/** Where storage comes from. */
export function storageClass(field: Field, { provisioner }: StorageClass): void {
  if (provisioner === '') field.at('provisioner').say('is required');
  else labelKey(field, 'provisioner', provisioner.toLowerCase());
}

function accessModes(field: Field, modes: readonly string[] | undefined): void {
  if (!modes?.length) field.at('accessModes').say('must have at least one');
  field.each('accessModes', modes, (mode, at) => {
    if (!MODES.includes(mode)) at.must(`be one of ${MODES.join(', ')}`, mode);
  });
  if (modes?.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod'))
    field.at('accessModes').say('has "ReadWriteOncePod", must have nothing else then');
}

function positive(field: Field, value: unknown): void {
  const amount = quantity(value);
  if (amount !== undefined && amount <= 0n) field.must('be more than 0', value);
}
