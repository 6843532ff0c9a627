// Asks for a token.

import { h } from './dom.js';
import { problemBox } from './parts.js';
import { session } from './session.js';

/** `problem`: why the last one was refused; null if there was none. */
export function signInPage(main, problem, then) {
  const token = h('input', {
    id: 'token', type: 'password', autocomplete: 'current-password', spellcheck: 'false', required: true,
    'aria-describedby': 'token-help',
  });
  main.replaceChildren(h('form', {
    class: 'card signin',
    onsubmit: (event) => {
      event.preventDefault();
      session.signIn(token.value.trim());
      then();
    },
  },
  h('h1', null, 'Sign in'),
  problem ? problemBox({ title: 'That token was refused', message: problem.message }) : null,
  h('label', { for: 'token' }, 'Bearer token'), token,
  h('p', { id: 'token-help', class: 'quiet' },
    'One of millrace.http.tokens, or a JWT of your identity provider. It is kept in this tab only, until you close it. ',
    'The role “view” may look; “operate” may also start, answer, cancel and redrive.'),
  h('button', { class: 'primary' }, 'Sign in')));
  token.focus();
}
