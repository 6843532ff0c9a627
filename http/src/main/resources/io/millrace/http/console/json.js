// JSON to look at.

import { h } from './dom.js';

const MOST = 20_000;

/** A value as indented JSON; what is very long is cut until it is asked for. */
export function jsonView(value, label = 'JSON') {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  const pre = h('pre', { class: 'json', tabindex: '0', 'aria-label': label });
  if (text.length <= MOST) {
    pre.append(...coloured(text));
    return pre;
  }
  pre.append(text.slice(0, MOST), h('button', {
    type: 'button', class: 'ghost small',
    onclick: () => pre.replaceChildren(text),
  }, `… ${(text.length - MOST).toLocaleString()} more characters`));
  return pre;
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/g;

function* coloured(text) {
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) {
      yield text.slice(at, match.index);
    }
    const [all, string, colon, number] = match;
    const kind = colon ? 'key' : string ? 'text' : number ? 'number' : 'word';
    yield h('span', { class: `j-${kind}` }, string ?? all);
    if (colon) {
      yield colon;
    }
    at = match.index + all.length;
  }
  yield text.slice(at);
}

/** An event's fields one below the other: texts to be read, all else as JSON. */
export function fieldsView(event) {
  const fields = Object.entries(event ?? {});
  return fields.length === 0 ? h('p', { class: 'quiet' }, 'It has no fields.')
    : h('dl', { class: 'event-fields' }, fields.map(([name, value]) => h('div', null, h('dt', null, name),
      h('dd', null, typeof value === 'object' && value !== null ? jsonView(value, name) : h('p', { class: typeof value === 'string' ? 'text' : 'number' }, String(value))))));
}

/** The text of an event that holds nothing but one text; else undefined. */
export function onlyText(event) {
  const values = event && typeof event === 'object' && !Array.isArray(event) ? Object.values(event) : [];
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : undefined;
}

/** One line about an event: its fields, short. */
export function summary(event) {
  if (event === null || typeof event !== 'object') {
    return short(event);
  }
  return Object.entries(event).map(([name, value]) => `${name}: ${short(value)}`).join(' · ');
}

function short(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 140 ? text.slice(0, 140) + '…' : text;
}
