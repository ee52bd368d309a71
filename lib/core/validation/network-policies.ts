import { BlockList } from 'node:net';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../crds-imports/networking.k8s.io';
import type { Field } from './field';
import { port, portNumber } from './ports';
import { selector } from './selectors';
import { CIDR, cidr } from './texts';

/** Who may reach pods, and whom they may reach. */
export function networkPolicy(field: Field, { spec }: NetworkPolicy): void {
  if (!spec) return;
  const at = field.at('spec');
  selector(at, 'podSelector', spec.podSelector);
  at.each('ingress', spec.ingress, ({ from, ports }, rule) => {
    rule.each('from', from, peer);
    rule.each('ports', ports, policyPort);
  });
  at.each('egress', spec.egress, ({ to, ports }, rule) => {
    rule.each('to', to, peer);
    rule.each('ports', ports, policyPort);
  });
  at.each('policyTypes', spec.policyTypes, (type, one) => {
    if (type !== 'Ingress' && type !== 'Egress') one.must('be "Ingress" or "Egress"', type);
  });
  if ((spec.policyTypes?.length ?? 0) > 2) at.at('policyTypes').say('must have at most two');
}

function policyPort({ port: first, endPort }: NetworkPolicyPort, field: Field): void {
  if (first !== undefined) port(field, 'port', first);
  if (endPort === undefined) return;
  if (typeof first !== 'number') field.at('endPort').say('needs a port by number');
  else if (endPort < first) field.at('endPort').must(`be at least port, ${first}`, endPort);
  else portNumber(field, 'endPort', endPort);
}

function peer(one: NetworkPolicyPeer, field: Field): void {
  const { podSelector, namespaceSelector, ipBlock } = one;
  selector(field, 'podSelector', podSelector);
  selector(field, 'namespaceSelector', namespaceSelector);
  if (!podSelector && !namespaceSelector && !ipBlock) field.say('must have a podSelector, a namespaceSelector or an ipBlock');
  if (!ipBlock) return;
  if (podSelector || namespaceSelector) field.say('has an ipBlock and a selector, only one of which is allowed');
  range(field.at('ipBlock'), ipBlock);
}

function range(field: Field, { cidr: text, except }: IPBlock): void {
  field.text('cidr', text, CIDR);
  const whole = cidr(text);
  field.texts('except', except, CIDR);
  field.each('except', except, (part, at) => {
    const inner = cidr(part);
    if (whole && inner && !contains(whole, inner)) at.must(`be a part of ${text}, and not all of it`, part);
  });
}

type Range = NonNullable<ReturnType<typeof cidr>>;

function contains(whole: Range, part: Range): boolean {
  const family = ({ address }: Range) => (address.includes(':') ? 'ipv6' : 'ipv4');
  const list = new BlockList();
  list.addSubnet(whole.address, whole.bits, family(whole));
  return family(whole) === family(part) && part.bits > whole.bits && list.check(part.address, family(part));
}
