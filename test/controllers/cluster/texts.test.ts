import { expand } from './environment';
import { repositoryOf } from './images';

test.each([
  ['mysql:8.0', 'mysql'],
  ['docker.io/library/mysql:8.0', 'mysql'],
  ['docker.io/kserve/router:v1@sha256:00', 'kserve/router'],
  ['localhost:5000/train', 'localhost:5000/train'],
  ['registry.k8s.io/jobset/jobset:v0.11.0', 'registry.k8s.io/jobset/jobset'],
])('%s is %s', (image, repository) => {
  expect(repositoryOf(image)).toBe(repository);
});

test('variables stand for their values, unknown ones for themselves', () => {
  expect(expand('--name=$(NAME).$(OTHER) $NAME', new Map([['NAME', 'web']]))).toBe('--name=web.$(OTHER) $NAME');
});
