/** By which the definitions of custom kinds, and the pool, know a quantity: an amount of something, as Kubernetes writes it. */
export const QUANTITY_PATTERN =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';

/** Go and JavaScript read the pattern alike, and no text makes JavaScript go back in it. */
const EXPRESSION = new RegExp(QUANTITY_PATTERN);

/** The pattern in words. */
export const QUANTITY = {
  allowed: 'an amount such as "2", "500m" or "16Gi": a number and m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or nothing',
  test: (text: string): boolean => EXPRESSION.test(text),
};
