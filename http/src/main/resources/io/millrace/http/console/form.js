// A form made from an Avro schema. What it gives is the plain JSON that the API takes.

import { h } from './dom.js';

let ids = 0;

/** Returns the element and `read()`, which throws a FormError for what cannot be sent. */
export function schemaForm(schema, names = new Map()) {
  collect(schema, names);
  const fields = schema.fields.map((field) => [field, control(field, names)]);
  return {
    element: h('div', { class: 'fields' }, fields.length === 0 ? h('p', { class: 'quiet' }, 'This event has no fields.') : fields.map(([, one]) => one.element)),
    read: () => object(fields),
  };
}

export class FormError extends Error {
  constructor(message, input) {
    super(message);
    this.input = input;
  }
}

function object(fields) {
  return Object.fromEntries(fields.map(([field, one]) => [field.name, one.read()]).filter(([, value]) => value !== undefined));
}

/** Named types may be spoken of later by their name alone. */
function collect(schema, names) {
  if (Array.isArray(schema)) {
    schema.forEach((branch) => collect(branch, names));
  } else if (schema !== null && typeof schema === 'object') {
    if (schema.name) {
      names.set(schema.name, schema);
      names.set(schema.namespace ? `${schema.namespace}.${schema.name}` : schema.name, schema);
    }
    [schema.items, schema.values, ...(schema.fields ?? []).map((field) => field.type)].forEach((part) => part && collect(part, names));
    if (schema.type && typeof schema.type === 'object') {
      collect(schema.type, names);
    }
  }
}

function resolve(type, names) {
  if (typeof type === 'string') {
    return names.get(type) ?? { type };
  }
  return Array.isArray(type) ? { type: 'union', branches: type } : typeof type.type === 'object' ? resolve(type.type, names) : type;
}

function control(field, names) {
  const type = resolve(field.type, names);
  const label = { text: field.name, doc: field.doc, initial: field.default, optional: false };
  return typed(type, label, names);
}

function typed(type, label, names) {
  switch (type.type) {
    case 'union': return union(type.branches, label, names);
    case 'record': return nested(type, label, names);
    case 'array': return list(type.items, label, names);
    case 'map': return map(type.values, label, names);
    case 'enum': return choice(type.symbols, label);
    case 'boolean': return checkbox(label);
    case 'int': case 'long': return type.logicalType ? text(label, hintOf(type)) : number(label, true);
    case 'float': case 'double': return number(label, false);
    case 'null': return { element: h('div', { class: 'field' }, h('span', null, label.text), h('span', { class: 'quiet' }, 'nothing')), read: () => null };
    default: return text(label, hintOf(type));
  }
}

function hintOf(type) {
  return { 'timestamp-millis': 'a time like 2026-11-28T09:00:00Z', 'timestamp-micros': 'a time like 2026-11-28T09:00:00Z', date: 'a day like 2026-11-28' }[type.logicalType]
    ?? (type.type === 'bytes' || type.type === 'fixed' ? 'base64' : type.logicalType ?? '');
}

function wrapped(label, input, hint) {
  const id = `field-${ids++}`;
  input.id = id;
  input.dataset.field = label.text;
  const help = [label.doc, hint].filter(Boolean).join(' · ');
  if (help) {
    input.setAttribute('aria-describedby', `${id}-help`);
  }
  return h('div', { class: 'field' }, h('label', { for: id }, label.text), input, help ? h('small', { id: `${id}-help` }, help) : null);
}

function text(label, hint) {
  const input = h('textarea', { rows: '1', spellcheck: 'false', oninput: () => grow(input) });
  if (label.initial !== undefined && label.initial !== null) {
    input.value = String(label.initial);
  }
  return { element: wrapped(label, input, hint), read: () => input.value };
}

function grow(input) {
  input.style.height = 'auto';
  input.style.height = `${Math.min(input.scrollHeight + 2, 320)}px`;
}

function number(label, whole) {
  const input = h('input', { type: 'text', inputmode: whole ? 'numeric' : 'decimal', autocomplete: 'off' });
  if (label.initial !== undefined && label.initial !== null) {
    input.value = String(label.initial);
  }
  return {
    element: wrapped(label, input, whole ? 'a whole number' : 'a number'),
    read: () => {
      const given = input.value.trim();
      if (!(whole ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i).test(given)) {
        throw new FormError(`${label.text} must be ${whole ? 'a whole number' : 'a number'}${given === '' ? '' : `, not “${given}”`}`, input);
      }
      if (whole && !Number.isSafeInteger(Number(given))) {
        throw new FormError(`${label.text} has more digits than a browser can hold; use the JSON of another client`, input);
      }
      return Number(given);
    },
  };
}

function checkbox(label) {
  const input = h('input', { type: 'checkbox' });
  input.checked = label.initial === true;
  return { element: wrapped(label, input), read: () => input.checked };
}

function choice(symbols, label) {
  const input = h('select', null, symbols.map((symbol) => h('option', { value: symbol }, symbol)));
  input.value = label.initial ?? symbols[0];
  return { element: wrapped(label, input), read: () => input.value };
}

function nested(type, label, names) {
  const fields = type.fields.map((field) => [field, control(field, names)]);
  return {
    element: h('fieldset', null, h('legend', null, label.text), fields.map(([, one]) => one.element)),
    read: () => object(fields),
  };
}

/** A value that may be nothing, or one of several types. */
function union(branches, label, names) {
  const options = branches.map((branch) => resolve(branch, names));
  const nameOf = (option) => (option.type === 'null' ? 'nothing' : option.name ?? option.type);
  const select = h('select', { 'aria-label': `Kind of ${label.text}`, onchange: () => draw() }, options.map((option, i) => h('option', { value: String(i) }, nameOf(option))));
  const holder = h('div');
  let inner;
  const draw = () => {
    const option = options[Number(select.value)];
    inner = option.type === 'null' ? null : typed(option, { ...label, initial: label.initial ?? undefined }, names);
    holder.replaceChildren(...(inner ? [inner.element] : []));
  };
  select.value = String(Math.max(0, options.findIndex((option) => option.type === 'null')));
  draw();
  return {
    element: h('div', { class: 'union' }, h('div', { class: 'field' }, h('span', { class: 'label' }, label.text), select, label.doc ? h('small', null, label.doc) : null), holder),
    read: () => (inner ? inner.read() : null),
  };
}

function list(items, label, names) {
  const entries = [];
  const rows = h('div', { class: 'entries' });
  const add = () => {
    const entry = typed(resolve(items, names), { text: `${label.text} ${entries.length + 1}` }, names);
    const row = h('div', { class: 'entry' }, entry.element, h('button', {
      type: 'button', class: 'ghost small', 'aria-label': `Remove ${label.text} ${entries.length + 1}`,
      onclick: () => { entries.splice(entries.indexOf(entry), 1); row.remove(); },
    }, 'remove'));
    entries.push(entry);
    rows.append(row);
    return row;
  };
  (Array.isArray(label.initial) ? label.initial : []).forEach(() => add());
  return {
    element: h('fieldset', null, h('legend', null, label.text), label.doc ? h('small', null, label.doc) : null, rows,
      h('button', { type: 'button', class: 'small', onclick: () => add().querySelector('input,textarea,select')?.focus() }, `Add to ${label.text}`)),
    read: () => entries.map((entry) => entry.read()),
  };
}

function map(values, label, names) {
  const entries = [];
  const rows = h('div', { class: 'entries' });
  const add = () => {
    const key = text({ text: 'key' });
    const value = typed(resolve(values, names), { text: 'value' }, names);
    const entry = { key, value };
    const row = h('div', { class: 'entry' }, key.element, value.element, h('button', {
      type: 'button', class: 'ghost small', onclick: () => { entries.splice(entries.indexOf(entry), 1); row.remove(); },
    }, 'remove'));
    entries.push(entry);
    rows.append(row);
  };
  return {
    element: h('fieldset', null, h('legend', null, label.text), label.doc ? h('small', null, label.doc) : null, rows,
      h('button', { type: 'button', class: 'small', onclick: add }, `Add to ${label.text}`)),
    read: () => Object.fromEntries(entries.map(({ key, value }) => [key.read(), value.read()])),
  };
}
