import * as extensions from '../../../crds-imports/extensions.istio.io';
import * as networking from '../../../crds-imports/networking.istio.io';
import * as security from '../../../crds-imports/security.istio.io';
import * as telemetry from '../../../crds-imports/telemetry.istio.io';
import type { Kind } from '../../core';

const versions = [networking, security, telemetry, extensions].flatMap((group) => Object.values(group) as Kind[]);

/** Every kind of Istio, at one of its versions. */
export const KINDS: readonly Kind[] = [...new Map(versions.map((kind) => [kind.definition, kind])).values()];
