// A form made from an Avro schema. What it gives is the plain JSON that the API takes; a field that is left as its
// default has it is left out.

import { branchOf, typeOf } from './avro.js';
import { h } from './dom.js';
import { checkbox, choice, FormError, nothing, number, text } from './inputs.js';
import { isTime } from './plain.js';

/** Returns the element and `read()`, which throws a FormError for what cannot be sent. */
export function schemaForm(schema) {
  const fields = controls(typeOf(schema));
  return {
    element: h('div', { class: 'fields' }, fields.length === 0 ? h('p', { class: 'quiet' }, 'This event has no fields.') : fields.map(({ one }) => one.element)),
    read: () => object(fields),
  };
}

/** `given`: what a default of the record around them says of its fields. */
function controls(record, given = {}) {
  return record.fields.map((field) => ({ name: field.name, one: control(field, given?.[field.name]) }));
}

function object(fields) {
  return Object.fromEntries(fields.map(({ name, one }) => [name, one.read()]).filter(([, value]) => value !== undefined));
}

function control(field, given) {
  const own = given === undefined && 'default' in field;
  const one = typed(field.type, {
    text: field.name, doc: field.doc, initial: own ? field.default : given, hint: own && field.default !== null ? 'the default, if left as it is' : '',
  });
  if (!own) {
    return one;
  }
  const before = told(one);
  return { element: one.element, read: () => (told(one) === before ? undefined : one.read()) };
}

/** What a control says just now, or what it complains of: a default may be more than a browser can hold. */
function told(one) {
  try {
    return JSON.stringify(one.read());
  } catch (error) {
    if (error instanceof FormError) {
      return error.message;
    }
    throw error;
  }
}

function typed(type, label) {
  switch (type.type) {
    case 'union': return union(type.branches, label);
    case 'record': return nested(type, label);
    case 'array': return list(type.of, label);
    case 'map': return map(type.of, label);
    case 'enum': return choice(type.symbols, label);
    case 'boolean': return checkbox(label);
    case 'int': case 'long': return isTime(type) ? text(type, label) : number(label, true);
    case 'float': case 'double': return number(label, false);
    case 'null': return nothing(label);
    default: return text(type, label);
  }
}

function group(label, ...content) {
  const help = [label.doc, label.hint].filter(Boolean).join(' · ');
  return h('fieldset', null, h('legend', null, label.text), help ? h('small', null, help) : null, content);
}

function nested(type, label) {
  const fields = controls(type, label.initial);
  return { element: group(label, fields.map(({ one }) => one.element)), read: () => object(fields) };
}

/** A value that may be nothing, or one of several types: then it is sent with the name of its type. */
function union(branches, label) {
  const shortName = ({ type, name }) => (type === 'null' ? 'nothing' : name ?? type);
  const select = h('select', { 'aria-label': `Kind of ${label.text}`, onchange: () => draw() }, branches.map((branch, i) => h('option', { value: String(i) }, shortName(branch))));
  const holder = h('div');
  const usual = label.initial === undefined ? branches.findIndex(({ type }) => type === 'null') : branchOf(branches, label.initial);
  const several = branches.filter(({ type }) => type !== 'null').length > 1;
  let branch;
  let inner;
  const draw = () => {
    branch = branches[Number(select.value)];
    const initial = Number(select.value) === usual ? label.initial : undefined;
    inner = branch.type === 'null' ? null : typed(branch, { text: label.text, initial });
    holder.replaceChildren(...(inner ? [inner.element] : []));
  };
  select.value = String(Math.max(0, usual));
  draw();
  const help = [label.doc, label.hint].filter(Boolean).join(' · ');
  return {
    element: h('div', { class: 'union' }, h('div', { class: 'field' }, h('span', { class: 'label' }, label.text), select, help ? h('small', null, help) : null), holder),
    read: () => {
      if (!inner) {
        return null;
      }
      const value = inner.read();
      return several || looksNamed(value, branches) ? { [branch.fullName]: value } : value;
    },
  };
}

/** An object whose only field has the name of a branch would be taken for that branch. */
function looksNamed(value, branches) {
  const names = value !== null && typeof value === 'object' ? Object.keys(value) : [];
  return names.length === 1 && branches.some(({ fullName }) => fullName === names[0]);
}

function list(of, label) {
  const { element, add, read } = entries(label, (n, initial) => {
    const entry = typed(of, { text: `${label.text} ${n}`, initial });
    return { elements: [entry.element], read: entry.read };
  });
  (label.initial ?? []).forEach((initial) => add(initial));
  return { element, read };
}

function map(of, label) {
  const { element, add, read } = entries(label, (n, [name, initial] = []) => {
    const key = text({ type: 'string' }, { text: 'key', initial: name });
    const value = typed(of, { text: 'value', initial });
    return { elements: [key.element, value.element], read: () => [key.read(), value.read()] };
  });
  Object.entries(label.initial ?? {}).forEach((entry) => add(entry));
  return { element, read: () => Object.fromEntries(read()) };
}

/** As many of something as one likes. */
function entries(label, make) {
  const all = [];
  const rows = h('div', { class: 'entries' });
  const add = (initial) => {
    const entry = make(all.length + 1, initial);
    const row = h('div', { class: 'entry' }, entry.elements, h('button', {
      type: 'button', class: 'ghost small', 'aria-label': `Remove ${label.text} ${all.length + 1}`,
      onclick: () => { all.splice(all.indexOf(entry), 1); row.remove(); },
    }, 'remove'));
    all.push(entry);
    rows.append(row);
    return row;
  };
  return {
    add,
    element: group(label, rows, h('button', { type: 'button', class: 'small', onclick: () => add().querySelector('input,textarea,select')?.focus() }, `Add to ${label.text}`)),
    read: () => all.map((entry) => entry.read()),
  };
}
