// A question to the person at the console.

import { h } from './dom.js';

/** The text that was entered, or null for a no. */
export function ask(title, text, { label, ...words }) {
  const input = h('input', { id: 'dialog-input', type: 'text' });
  return question(title, text, [h('label', { for: 'dialog-input' }, label), input], { class: 'danger', ...words })
    .then((yes) => (yes ? input.value.trim() : null));
}

/** Whether it shall be done. */
export function confirm(title, text, words) {
  return question(title, text, null, { class: 'primary', ...words });
}

function question(title, text, content, { action, back, class: kind }) {
  return new Promise((resolve) => {
    const go = h('button', { value: 'yes', class: kind }, action);
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', onclose: () => { dialog.remove(); resolve(dialog.returnValue === 'yes'); } },
      h('form', { method: 'dialog' },
        h('h2', { id: 'dialog-title' }, title), h('p', null, text), content,
        h('div', { class: 'row end' }, h('button', { type: 'button', onclick: () => dialog.close('no') }, back), go)));
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector('input') ?? go).focus();
  });
}
