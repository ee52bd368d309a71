import { given } from './pod/given';

type Labels = Readonly<Record<string, string>>;

/** What is said of the object that a construct writes. */
export interface ObjectOptions {
  /** Name of the object, where it is not the construct's id: two constructs of a chart have two ids. @default - the construct's id */
  readonly name?: string;
  /** Labels of the object itself. @default - none */
  readonly labels?: Labels;
  /** Annotations of the object itself. @default - none */
  readonly annotations?: Labels;
}

/** The metadata of an object. */
export function objectMetadata(
  name: string,
  { labels, annotations }: Omit<ObjectOptions, 'name'>,
): { name: string; labels?: Labels; annotations?: Labels } {
  return { name, ...given({ labels: filled(labels), annotations: filled(annotations) }) };
}

/** What was written by hand and says otherwise than the options whose keys these are, each as a sentence. */
export function contradictions(kind: 'label' | 'annotation', written: Labels = {}, said: Labels = {}): string[] {
  return Object.entries(said)
    .filter(([key, value]) => written[key] !== undefined && written[key] !== value)
    .map(
      ([key, value]) =>
        `the ${kind} ${key} says ${JSON.stringify(written[key])}, its option ${JSON.stringify(value)}; leave the ${kind} out`,
    );
}

function filled(labels: Labels | undefined): Labels | undefined {
  return labels && Object.keys(labels).length > 0 ? labels : undefined;
}
