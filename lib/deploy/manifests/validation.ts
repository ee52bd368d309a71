import { Assembly } from '../../core/assembly';
import { lines } from '../../core/finding';
import { Validated } from '../../core/validated';
import { FACTS } from '../../kinds';

// As `synth` does, but for the errors of single constructs, which cdk8s tells by itself.
Validated.by((root) => {
  const { findings } = Assembly.of(root, { facts: FACTS });
  return lines(findings.filter(({ severity }) => severity === 'error'));
});
