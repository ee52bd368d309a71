import { isIPv4, isIPv6 } from 'node:net';

/** Formats that are checked; API servers ignore those that they do not know, and some others are rare. */
export const FORMATS: Record<string, (text: string) => boolean> = {
  date: isDate,
  datetime: (text) => {
    const [date = '', time = ''] = text.split(/t/i);
    return isDate(date) && /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:.\d+)?(?:z|[-+]\d\d:\d\d)$/i.test(time);
  },
  duration: (text) => /^[-+]?0$|\d\s*(?:(?:[nuµm]?s|m|hr?|d|wk?)(?![a-zµ])|nano|micro|milli|sec|min|hour|day|week)/i.test(text),
  // Built-in kinds are decoded by a reader that skips line breaks and takes an empty text.
  byte: (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, '')),
  uuid: (text) => /^[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(text),
  uuid3: (text) => /^[\da-f]{8}-?[\da-f]{4}-?3[\da-f]{3}-?[\da-f]{4}-?[\da-f]{12}$/i.test(text),
  uuid4: (text) => /^[\da-f]{8}-?[\da-f]{4}-?4[\da-f]{3}-?[89ab][\da-f]{3}-?[\da-f]{12}$/i.test(text),
  uuid5: (text) => /^[\da-f]{8}-?[\da-f]{4}-?5[\da-f]{3}-?[89ab][\da-f]{3}-?[\da-f]{12}$/i.test(text),
  ipv4: (text) => isAddress(text) && text.includes('.'),
  ipv6: (text) => isAddress(text) && text.includes(':'),
  cidr: (text) => {
    const [, address = '', bits] = /^(.*)\/(\d{1,3})$/.exec(text) ?? [];
    return isAddress(address) && Number(bits) <= (address.includes(':') ? 128 : 32);
  },
  uri: (text) => /^(?:\/|[a-z][a-z\d+.-]*:)\P{Cc}*$/iu.test(text),
};

function isDate(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // JavaScript reads 30 February as 2 March.
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whether a text is an IP address; for Kubernetes the parts of a v4 one may begin with zeros. */
function isAddress(text: string): boolean {
  return text.includes(':') ? isIPv6(text) && !text.includes('%') : isIPv4(text.replace(/\b0+(?=\d)/g, ''));
}
