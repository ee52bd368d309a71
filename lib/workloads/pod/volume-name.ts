import { createHash } from 'node:crypto';
import { DNS_LABEL, problem } from '../../core/names';

/** Room for a number behind it. */
const LONGEST = 60;

/** A name for the volume of an object: claims, Secrets and ConfigMaps may have dots in their names and be longer than volumes. */
export function volumeName(object: string): string {
  const label = object.replaceAll('.', '-');
  if (label.length <= LONGEST) return label;
  return `${label.slice(0, LONGEST - 9)}-${createHash('sha256').update(object).digest('hex').slice(0, 8)}`;
}

/** A volume that has no object behind it. @throws Error when Kubernetes would refuse the pods for its name */
export function ownVolumeName(name: string): string {
  const wrong = problem(name, DNS_LABEL);
  if (wrong) throw new Error(`of a volume, ${wrong}`);
  return name;
}
