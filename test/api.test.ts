import { readFileSync } from 'node:fs';
import { publicApi } from './support/api/print';

const written = readFileSync('api.md', 'utf8');
const api = publicApi(process.cwd());

test('the public API is what api.md tells; npm run api writes it', () => {
  expect(api.split('\n')).toEqual(written.split('\n'));
});

test('tells members and signatures, and nothing that is private', () => {
  expect(api).toMatch(
    /class KubeflowPlatform extends Construct \{\n {4}constructor\(scope: Construct, id: string, props: KubeflowPlatformProps\);/,
  );
  expect(api).toMatch(/type KubeflowComponents = \{\n(?: {4}.*\n)* {4}katib\?: KatibProps;/);
  expect(api).toContain('## cdk8s-kubeflow/pulumi');
  expect(api).not.toMatch(/^ *private /m);
});
