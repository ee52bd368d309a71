import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { Contract } from '../../lib/core';
import { thrown } from '../support/app';

/** An app with a platform, a team below it, and a team beside it. */
function tree() {
  const app = new App();
  const platform = new Construct(app, 'platform');
  return { app, platform, below: new Construct(platform, 'team'), beside: new Construct(app, 'beside') };
}

describe('an offer', () => {
  test('reaches what is below it, and the rest of the app as the only one', () => {
    const { platform, below, beside } = tree();
    const contract = new Contract<string>('colour');
    contract.offer(platform, 'red');
    expect([contract.of(below), contract.of(beside), contract.near(below), contract.near(beside)]).toEqual([
      'red',
      'red',
      'red',
      undefined,
    ]);
  });

  test('is the nearest of several, and nobody for those who are near none', () => {
    const { app, platform, below, beside } = tree();
    const contract = new Contract<string>('colour');
    contract.offer(platform, 'red');
    contract.offer(below, 'blue');
    expect([contract.of(platform), contract.of(below), contract.of(beside)]).toEqual(['red', 'blue', undefined]);
    expect(contract.all(below)).toEqual(['blue', 'red']);
    expect(contract.all(app)).toEqual([]);
  });

  test('made alone is none where something around has one', () => {
    const { platform, below, beside } = tree();
    const contract = new Contract<string>('colour');
    contract.offer(platform, 'red');
    contract.offerAlone(below, 'blue');
    expect(contract.of(below)).toBe('red');
    contract.offerAlone(beside, 'green');
    expect(contract.of(beside)).toBe('green');
  });
});

describe('an offer that comes late', () => {
  test.each(['of', 'near'] as const)('is refused where %s has answered otherwise', (ask) => {
    const { platform, below } = tree();
    const contract = new Contract<string>('a colour');
    contract[ask](below);
    contract[ask](below);
    expect(thrown(() => contract.offer(platform, 'red')).message).toBe(
      'platform: it offers a colour, and platform/team was declared before without knowing it; declare platform first',
    );
  });

  test('names all who were misled, near and far', () => {
    const { app, below, beside } = tree();
    const contract = new Contract<string>('a colour');
    contract.of(below);
    contract.of(beside);
    expect(thrown(() => contract.offer(app, 'red')).message).toBe(
      'app: it offers a colour, and platform/team, beside were declared before without knowing it; declare the app first',
    );
  });

  test('is refused where it makes the only one of the app one of two', () => {
    const { platform, below, beside } = tree();
    const contract = new Contract<string>('a colour');
    contract.offer(platform, 'red');
    contract.of(beside);
    contract.of(below);
    expect(thrown(() => contract.offer(new Construct(beside.node.root, 'other'), 'blue')).message).toContain('and beside was');
  });

  test('is none where the answer stays', () => {
    const { platform, below, beside } = tree();
    const contract = new Contract<string>('a colour');
    contract.near(beside);
    contract.soFar(below);
    contract.offer(below, 'red');
    contract.of(below);
    expect(() => contract.offer(platform, 'blue')).not.toThrow();
  });
});
