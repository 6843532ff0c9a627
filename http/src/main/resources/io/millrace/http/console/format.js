// Times, durations, numbers and ids for people.

export function duration(millis) {
  const ms = Math.max(0, millis);
  if (ms < 1) {
    return '0 ms';
  }
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 60_000) {
    return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  }
  const units = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1_000, 's']];
  const at = units.findIndex(([size]) => ms >= size);
  const [size, name] = units[at];
  const whole = Math.floor(ms / size);
  const next = units[at + 1];
  const rest = next ? Math.floor((ms - whole * size) / next[0]) : 0;
  return rest > 0 ? `${whole} ${name} ${rest} ${next[1]}` : `${whole} ${name}`;
}

export function ago(instant, now = Date.now()) {
  const millis = now - Date.parse(instant);
  return millis < 1_500 ? 'just now' : `${duration(millis)} ago`;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** Time of the day, with the day unless it is today. */
export function clock(instant) {
  const date = new Date(instant);
  const time = CLOCK.format(date);
  return date.toDateString() === new Date().toDateString() ? time : `${DAY.format(date)}, ${time}`;
}

/** Time of the day to the millisecond. */
export function exact(instant) {
  const date = new Date(instant);
  return `${CLOCK.format(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `PT1M30S` as milliseconds; undefined if it is no such text. */
export function parseDuration(text) {
  const form = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (!form) {
    return undefined;
  }
  const [days, hours, minutes, seconds] = form.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}

export function count(n, one, many = one + 's') {
  return `${n.toLocaleString()} ${n === 1 ? one : many}`;
}

export function article(noun) {
  return /^[aeiou]/i.test(noun) ? 'an' : 'a';
}

/** Long ids are told apart by their ends. */
export function shortId(id) {
  return id.length > 22 ? `${id.slice(0, 8)}…${id.slice(-8)}` : id;
}

/** The last part of a Java class's name. */
export function simpleName(type) {
  return type.split(/[.$]/).pop();
}

/** A text of the coordinator's: class names short, durations and counts readable. */
export function plain(text) {
  return text.replace(/\b(?:[a-z_]\w*\.)+([A-Z]\w*)/g, '$1')
    .replace(/\{(\w+=\d+(?:, \w+=\d+)*)\}/g, (all, pairs) => pairs.replace(/(\w+)=(\d+)/g, '$2 $1'))
    .replace(/\bPT[\dHMS.]+/g, (iso) => { const ms = parseDuration(iso); return ms === undefined ? iso : duration(ms); });
}

/** A new id whose order is that of time (UUID, version 7). `randomUUID` is for secure pages only. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
