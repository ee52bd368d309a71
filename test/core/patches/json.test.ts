import { JsonPatch } from 'cdk8s';
import { jsonPatch } from '../../../lib/core/patches/json';
import { configMap, manifest } from '../../support/manifests';

const OBJECT = manifest('example.com/v1', 'Any', 'a', 'team', {
  spec: { list: ['a', 'b'], map: { 'x/y': 1, 'm~n': 2 }, nothing: null },
});

/** What becomes of the spec. */
function spec(...operations: JsonPatch[]): unknown {
  return jsonPatch(OBJECT, operations).spec;
}

describe('an operation', () => {
  test.each([
    ['add to a map', JsonPatch.add('/spec/new', { a: 1 }), { new: { a: 1 } }],
    ['add over a member', JsonPatch.add('/spec/nothing', 1), { nothing: 1 }],
    ['add into a list', JsonPatch.add('/spec/list/1', 'x'), { list: ['a', 'x', 'b'] }],
    ['add after the last item', JsonPatch.add('/spec/list/2', 'x'), { list: ['a', 'b', 'x'] }],
    ['add to the end of a list', JsonPatch.add('/spec/list/-', 'x'), { list: ['a', 'b', 'x'] }],
    ['remove from a list', JsonPatch.remove('/spec/list/0'), { list: ['b'] }],
    ['remove a member that is null', JsonPatch.remove('/spec/nothing'), {}],
    ['replace', JsonPatch.replace('/spec/map', 5), { map: 5 }],
    ['replace by an escaped path', JsonPatch.replace('/spec/map/x~1y', 9), { map: { 'x/y': 9, 'm~n': 2 } }],
    ['replace by another escaped path', JsonPatch.replace('/spec/map/m~0n', 9), { map: { 'x/y': 1, 'm~n': 9 } }],
    ['move', JsonPatch.move('/spec/map', '/spec/moved'), { moved: { 'x/y': 1, 'm~n': 2 } }],
    ['copy', JsonPatch.copy('/spec/list', '/spec/copied'), { copied: ['a', 'b'] }],
    ['test', JsonPatch.test('/spec/list/0', 'a'), {}],
  ])('%s', (_, operation, changed) => {
    expect(spec(operation)).toMatchObject(changed);
  });

  test.each([
    ['remove what is not there', JsonPatch.remove('/spec/lst'), 'remove /spec/lst: there is no /spec/lst'],
    ['remove below what is not there', JsonPatch.remove('/spce/list'), 'remove /spce/list: there is no /spce/list'],
    ['remove beyond the end of a list', JsonPatch.remove('/spec/list/2'), 'remove /spec/list/2: there is no /spec/list/2'],
    ['replace what is not there', JsonPatch.replace('/spec/lst', 1), 'replace /spec/lst: there is no /spec/lst'],
    ['add below what is not there', JsonPatch.add('/spec/lst/a', 1), 'add /spec/lst/a: there is no /spec/lst'],
    ['add below text', JsonPatch.add('/kind/a', 1), 'add /kind/a: /kind is a string, which has no fields'],
    ['add below nothing', JsonPatch.add('/spec/nothing/a', 1), 'add /spec/nothing/a: /spec/nothing is null, which has no fields'],
    ['add beyond the end of a list', JsonPatch.add('/spec/list/3', 'x'), 'add /spec/list/3: /spec/list has 2 items'],
    ['add to a list at no index', JsonPatch.add('/spec/list/x', 'x'), 'add /spec/list/x: /spec/list has 2 items'],
    ['move what is not there', JsonPatch.move('/spec/lst', '/spec/b'), 'move /spec/b: there is no /spec/lst'],
    ['move to where nothing is', JsonPatch.move('/spec/list', '/spce/b'), 'move /spce/b: there is no /spce'],
    ['copy what is not there', JsonPatch.copy('/spec/lst', '/spec/b'), 'copy /spec/b: there is no /spec/lst'],
    ['test what is not there', JsonPatch.test('/spec/lst', 1), 'test /spec/lst: there is no /spec/lst'],
    ['test another value', JsonPatch.test('/spec/list/0', 'b'), 'test /spec/list/0: Test operation failed'],
  ])('that cannot be applied is named: %s', (_, operation, message) => {
    expect(() => spec(operation)).toThrow(message);
  });
});

test('operations see what those before them made', () => {
  expect(spec(JsonPatch.remove('/spec/list'), JsonPatch.add('/spec/list', []), JsonPatch.add('/spec/list/-', 1))).toMatchObject({
    list: [1],
  });
});

test('the object and the operations stay as they are', () => {
  const object = configMap('c', 'team', { a: '1' });
  const value = { deep: { list: [1] } };
  const operations = [JsonPatch.add('/data', value), JsonPatch.add('/data/deep/list/-', 2)];
  const before = structuredClone(object);
  expect(jsonPatch(object, operations).data).toStrictEqual({ deep: { list: [1, 2] } });
  expect(jsonPatch(object, operations).data).toStrictEqual({ deep: { list: [1, 2] } });
  expect(object).toStrictEqual(before);
  expect(value).toStrictEqual({ deep: { list: [1] } });
});
