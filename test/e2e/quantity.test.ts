import { sameQuantity } from './quantity';

describe('sameQuantity', () => {
  test.each([
    ['1000m', '1'],
    ['1000m', 1],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['0.5Gi', '512Mi'],
    ['1Gi', '1073741824'],
    ['1e3', '1k'],
    ['100E-2', '1'],
    ['1500u', '1.5m'],
    ['-1', '-1000m'],
    ['0', '-0m'],
    ['1Ei', '1024Pi'],
  ])('%p is %p', (one, other) => {
    expect(sameQuantity(one, other)).toBe(true);
    expect(sameQuantity(other, one)).toBe(true);
  });

  test.each([
    ['1Gi', '1G'],
    ['1', '-1'],
    ['1000m', '1001m'],
    ['9007199254740993', '9007199254740992'],
    ['one', 'one'],
    ['', '0'],
    ['.', '0'],
    ['1 Gi', '1Gi'],
    ['1gi', '1Gi'],
    [null, 0],
    [true, 1],
  ])('%p is not %p', (one, other) => {
    expect(sameQuantity(one, other)).toBe(false);
    expect(sameQuantity(other, one)).toBe(false);
  });
});
