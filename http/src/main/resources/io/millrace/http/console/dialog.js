// A question to the person at the console.

import { h } from './dom.js';

/** The text that was entered, or null for a no. */
export function ask(title, text, { label, action, back }) {
  return new Promise((resolve) => {
    const input = h('input', { id: 'dialog-input', type: 'text' });
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', onclose: () => { dialog.remove(); resolve(dialog.returnValue === 'yes' ? input.value.trim() : null); } },
      h('form', { method: 'dialog' },
        h('h2', { id: 'dialog-title' }, title), h('p', null, text),
        h('label', { for: 'dialog-input' }, label), input,
        h('div', { class: 'row end' }, h('button', { value: 'no', formnovalidate: true, type: 'button', onclick: () => dialog.close('no') }, back), h('button', { value: 'yes', class: 'danger' }, action))));
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}
