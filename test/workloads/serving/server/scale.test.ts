import { Scale, ScaleOn } from '../../../../lib';
import { scaling } from '../../../../lib/workloads/serving/scaling/scale-on';

describe('Scale', () => {
  test('has both bounds, one number, or no upper bound', () => {
    expect(scaling(Scale.between(1, 4), undefined)).toEqual({ minReplicas: 1, maxReplicas: 4 });
    expect(scaling(Scale.fixed(2), undefined)).toEqual({ minReplicas: 2, maxReplicas: 2 });
    expect(scaling(Scale.atLeast(2, { on: ScaleOn.concurrency(10) }), undefined)).toEqual({
      minReplicas: 2,
      scaleMetric: 'concurrency',
      scaleTarget: 10,
    });
    expect(scaling(Scale.atLeast(0), undefined)).toEqual({ minReplicas: 0 });
  });

  test.each([
    [() => Scale.atLeast(-1), 'a number of replicas is -1, must be a whole number of at least 0'],
    [() => Scale.atLeast(1.5), 'is 1.5, must be a whole number'],
    [() => Scale.between(2, 1), 'the most replicas, 1, are fewer than the fewest, 2'],
    [() => Scale.between(0, 0), 'the most replicas are 0, must be at least 1'],
  ])('is refused otherwise', (make, words) => {
    expect(make).toThrow(words);
  });
});
