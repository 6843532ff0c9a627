// Inputs for single values. Each has its element and `read()`, which throws a FormError for what cannot be sent.

import { h } from './dom.js';
import { hintOf, textOf } from './plain.js';

export class FormError extends Error {
  constructor(message, input) {
    super(message);
    this.input = input;
  }
}

let ids = 0;

function wrapped(label, input, hint) {
  const id = `field-${ids++}`;
  input.id = id;
  input.dataset.field = label.text;
  const help = [label.doc, hint, label.hint].filter(Boolean).join(' · ');
  if (help) {
    input.setAttribute('aria-describedby', `${id}-help`);
  }
  return h('div', { class: 'field' }, h('label', { for: id }, label.text), input, help ? h('small', { id: `${id}-help` }, help) : null);
}

const given = (value) => value !== undefined && value !== null;

export function text(type, label) {
  const input = h('textarea', { rows: '1', spellcheck: 'false', oninput: () => grow(input) });
  if (given(label.initial)) {
    input.value = textOf(type, label.initial);
  }
  return { element: wrapped(label, input, hintOf(type)), read: () => input.value };
}

function grow(input) {
  input.style.height = 'auto';
  input.style.height = `${Math.min(input.scrollHeight + 2, 320)}px`;
}

const WHOLE = /^[+-]?\d+$/;
const ANY = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export function number(label, whole) {
  const what = whole ? 'a whole number' : 'a number';
  const input = h('input', { type: 'text', inputmode: whole ? 'numeric' : 'decimal', autocomplete: 'off' });
  // A default with more digits than that has lost some on its way here: showing it would be a lie.
  const lost = whole && given(label.initial) && !Number.isSafeInteger(label.initial);
  if (given(label.initial) && !lost) {
    input.value = String(label.initial);
  }
  return {
    element: wrapped(lost ? { ...label, hint: 'the default, if left empty: it has more digits than a browser can hold' } : label, input, what),
    read: () => {
      const entered = input.value.trim();
      if (!whole && ['NaN', 'Infinity', '-Infinity'].includes(entered)) {
        return entered; // what JSON has no number for is text
      }
      if (!(whole ? WHOLE : ANY).test(entered)) {
        throw new FormError(`${label.text} must be ${what}${entered === '' ? '' : `, not “${entered}”`}`, input);
      }
      if (whole && !Number.isSafeInteger(Number(entered))) {
        throw new FormError(`${label.text} has more digits than a browser can hold; use the JSON of another client`, input);
      }
      return Number(entered);
    },
  };
}

export function checkbox(label) {
  const input = h('input', { type: 'checkbox' });
  input.checked = label.initial === true;
  return { element: wrapped(label, input), read: () => input.checked };
}

export function choice(symbols, label) {
  const input = h('select', null, symbols.map((symbol) => h('option', { value: symbol }, symbol)));
  input.value = label.initial ?? symbols[0];
  return { element: wrapped(label, input), read: () => input.value };
}

export function nothing(label) {
  return { element: h('div', { class: 'field' }, h('span', { class: 'label' }, label.text), h('span', { class: 'quiet' }, 'nothing')), read: () => null };
}
