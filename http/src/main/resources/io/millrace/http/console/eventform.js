// Filling in an event: by the form of its schema, or as JSON.

import { h } from './dom.js';
import { schemaForm } from './form.js';
import { FormError } from './inputs.js';

/** `schema` undefined: JSON only. Returns the element, a button that toggles, `read()` and `complain(error)`. */
export function eventForm(schema) {
  const form = schema ? schemaForm(schema) : null;
  const json = h('textarea', { class: 'code', rows: '8', spellcheck: 'false', 'aria-label': 'Event as JSON' });
  json.value = '{}';
  const complaint = h('p', { class: 'complaint', role: 'alert' });
  const body = h('div');
  let asJson = !form;
  const toggle = h('button', {
    type: 'button', class: 'ghost small',
    onclick: () => {
      complaint.textContent = '';
      if (!asJson) {
        try {
          json.value = JSON.stringify(form.read(), null, 2);
        } catch {
          // What is not filled in yet stays out of it.
        }
      }
      asJson = !asJson;
      draw();
    },
  });
  const draw = () => {
    body.replaceChildren(asJson ? json : form.element);
    toggle.textContent = asJson ? 'Fill in a form' : 'Write JSON instead';
  };
  draw();
  return {
    element: h('div', { class: 'event-form' }, body, complaint),
    toggle: form ? toggle : h('span'),
    read: () => {
      complaint.textContent = '';
      if (!asJson) {
        return form.read();
      }
      try {
        const value = JSON.parse(json.value);
        if (value === null || typeof value !== 'object' || Array.isArray(value)) {
          throw new FormError('An event is a JSON object, in braces', json);
        }
        return value;
      } catch (error) {
        throw error instanceof FormError ? error : new FormError(`This is not JSON: ${error.message}`, json);
      }
    },
    complain: (error) => {
      complaint.textContent = error.message;
      const named = /field '([^'.\[]+)/.exec(error.message)?.[1];
      const input = error.input ?? (named ? body.querySelector(`[data-field="${CSS.escape(named)}"]`) : null);
      body.querySelectorAll('[aria-invalid]').forEach((one) => one.removeAttribute('aria-invalid'));
      input?.setAttribute('aria-invalid', 'true');
      input?.focus();
    },
  };
}
