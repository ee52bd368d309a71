import { isIPv4, isIPv6 } from 'node:net';
import { DNS_SUBDOMAIN, LABEL_NAME, type NameRule } from '../names';
import { type Field, fits } from './field';

/** The value of a label. */
export const LABEL_VALUE: NameRule = {
  pattern: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  length: LABEL_NAME.length,
  allowed: `empty or ${LABEL_NAME.allowed}`,
};

/** The name of a port that other objects refer to. */
export const PORT_NAME: NameRule = {
  pattern: /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  length: 15,
  allowed: 'lower-case letters, digits and single "-", at least one letter, no "-" first or last, 15 characters at most',
};

/** The name of an environment variable, and a prefix of such names. */
export const ENV_NAME: NameRule = {
  pattern: /^[ -<>-~]+$/,
  length: Number.POSITIVE_INFINITY,
  allowed: 'printable ASCII characters other than "="',
};

/** The key of a ConfigMap or Secret. */
export const DATA_KEY: NameRule = {
  pattern: /^(?!\.{1,2}$)(?!\.\.)[-._a-zA-Z0-9]+$/,
  length: 253,
  allowed: 'letters, digits, "-", "_" and ".", not ".." first, 253 characters at most',
};

/** The name of a header of HTTP. */
export const HEADER_NAME: NameRule = {
  pattern: /^[-A-Za-z0-9]+$/,
  length: Number.POSITIVE_INFINITY,
  allowed: 'letters, digits and "-"',
};

/** A path below a folder that must not be left. */
export const DESCENDING_PATH: NameRule = {
  pattern: /^(?!\/)(?!(.*\/)?\.\.(\/|$)).*$/s,
  length: Number.POSITIVE_INFINITY,
  allowed: 'a relative path without ".."',
};

/** A path that may begin anywhere. */
export const PATH_WITHOUT_BACKSTEPS: NameRule = {
  pattern: /^(?!(.*\/)?\.\.(\/|$)).*$/s,
  length: Number.POSITIVE_INFINITY,
  allowed: 'a path without ".."',
};

/** A path from the root on. */
export const ABSOLUTE_PATH: NameRule = {
  pattern: /^\//,
  length: Number.POSITIVE_INFINITY,
  allowed: 'a path that begins with "/"',
};

/** An IP address, of version 4 or 6. */
export const IP_ADDRESS: NameRule = {
  pattern: { test: isAddress } as RegExp,
  length: Number.POSITIVE_INFINITY,
  allowed: 'an IP address',
};

/** A range of IP addresses. */
export const CIDR: NameRule = {
  pattern: { test: (text: string) => cidr(text) !== undefined } as RegExp,
  length: Number.POSITIVE_INFINITY,
  allowed: 'a range of IP addresses such as 10.0.0.0/16',
};

/** What a label, a topology or a toleration is called. */
export const LABEL_KEY = `a DNS name and "/", or neither, and then ${LABEL_NAME.allowed}`;

/** Holds the key of a label to its rule; whatever has that form has the same one. */
export function labelKey(field: Field, name: string, key: string | undefined): void {
  if (key !== undefined && !field.isFilledIn(key) && !isLabelKey(key)) field.at(name).must(`be ${LABEL_KEY}`, key);
}

/** Whether a text can be the key of a label. */
export function isLabelKey(key: string): boolean {
  const [name = '', prefix, ...more] = key.split('/').reverse();
  return more.length === 0 && fits(name, LABEL_NAME) && (prefix === undefined || fits(prefix, DNS_SUBDOMAIN));
}

/** The address and the number of its fixed bits; undefined for no range. */
export function cidr(text: string): { readonly address: string; readonly bits: number } | undefined {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = Number(length);
  return isAddress(address) && bits <= (address.includes(':') ? 128 : 32) ? { address, bits } : undefined;
}

/** Whether a text is an IP address; for Kubernetes the parts of a v4 one may begin with zeros. */
function isAddress(text: string): boolean {
  return text.includes(':') ? isIPv6(text) && !text.includes('%') : isIPv4(text.replace(/\b0+(?=\d)/g, ''));
}
