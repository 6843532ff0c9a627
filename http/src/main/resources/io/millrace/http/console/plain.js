// How people and the API write what Avro's defaults write otherwise: times as text, bytes as base64, decimals as decimals.

const TIMES = {
  date: ['a day like 2026-11-28', 1, (iso) => iso.slice(0, 10)],
  'time-millis': ['a time of the day like 09:30:00', 1e3, clock],
  'time-micros': ['a time of the day like 09:30:00', 1e6, clock],
  'timestamp-millis': ['a time like 2026-11-28T09:00:00Z', 1e3],
  'timestamp-micros': ['a time like 2026-11-28T09:00:00Z', 1e6],
  'timestamp-nanos': ['a time like 2026-11-28T09:00:00Z', 1e9],
  'local-timestamp-millis': ['a local time like 2026-11-28T09:00:00', 1e3, local],
  'local-timestamp-micros': ['a local time like 2026-11-28T09:00:00', 1e6, local],
  'local-timestamp-nanos': ['a local time like 2026-11-28T09:00:00', 1e9, local],
};

function clock(iso) {
  return iso.slice(11, -1);
}

function local(iso) {
  return iso.slice(0, -1);
}

/** Whether a whole number is written as text. */
export function isTime(type) {
  return type.logicalType in TIMES;
}

/** What to write into a field of this type; empty if that goes without saying. */
export function hintOf(type) {
  const bytes = type.type === 'bytes' || type.type === 'fixed';
  if (isTime(type)) {
    return TIMES[type.logicalType][0];
  }
  if (type.logicalType === 'uuid') {
    return 'a UUID';
  }
  if (bytes && type.logicalType === 'decimal') {
    return `a decimal like ${type.scale > 0 ? `12.${'3'.padEnd(type.scale, '0')}` : '12'}`;
  }
  return bytes ? 'base64' : '';
}

/** A default of Avro's, for a field that is filled in as text. */
export function textOf(type, value) {
  if (isTime(type)) {
    return timeOf(type, value);
  }
  if (type.type !== 'bytes' && type.type !== 'fixed') {
    return String(value);
  }
  if (type.logicalType === 'decimal') {
    return decimalOf(value, type.scale ?? 0);
  }
  return type.logicalType === 'uuid' ? uuidOf(value) : btoa(value); // a character of a default is a byte
}

function timeOf({ logicalType }, value) {
  const [, perSecond, cut = (iso) => iso] = TIMES[logicalType];
  const seconds = logicalType === 'date' ? value * 86_400 : Math.floor(value / perSecond);
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) {
    return String(value);
  }
  const rest = value - seconds * perSecond;
  const fraction = perSecond > 1 && rest > 0 ? `.${String(rest).padStart(Math.log10(perSecond), '0')}` : '';
  return cut(date.toISOString().replace(/\.000Z$/, `${fraction}Z`));
}

function decimalOf(value, scale) {
  const bits = BigInt(8 * value.length);
  const unscaled = BigInt.asIntN(Number(bits), BigInt(`0x0${hex(value)}`));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const at = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, at)}${scale > 0 ? '.' + digits.slice(at) : ''}`;
}

function uuidOf(value) {
  return hex(value).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function hex(value) {
  return [...value].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
