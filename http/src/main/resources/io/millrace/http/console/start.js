// Starts a run: a form from the schema of the start event.

import { get, postAgain, Problem } from './api.js';
import { h } from './dom.js';
import { eventForm } from './eventform.js';
import { FormError } from './inputs.js';
import { newId } from './format.js';
import { copyButton, crumbs, empty, notice, runLink, workflowLink } from './parts.js';
import { session, whyNot } from './session.js';

export async function startPage({ main, signal, args: [name], title }) {
  title(`Start ${name}`);
  const workflow = await get(`/api/workflows/${encodeURIComponent(name)}`, {}, signal);
  const head = [crumbs(['Workflows', '#/workflows'], [name, workflowLink(name)], ['Start a run']), h('h1', null, `Start a run of ${name}`)];
  if (!session.mayOperate) {
    main.replaceChildren(...head, notice('info', 'You may look, not steer', h('p', null, whyNot())));
    return;
  }
  if (workflow.startEvents.length === 0) {
    main.replaceChildren(...head, empty('Nothing begins this workflow yet', 'No step that runs accepts a start event. Start the step that does.'));
    return;
  }
  const same = h('div');
  main.replaceChildren(...head, h('div', { class: 'with-panel' }, form(workflow, same), h('aside', { class: 'card panel', 'aria-label': 'The same from a shell' },
    h('h2', null, 'The same from a shell'), same)));
  main.querySelector('.fields textarea, .fields input, .fields select')?.focus();
}

/** As the command line takes it. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function form(workflow, same) {
  const holder = h('div');
  const buttons = h('div', { class: 'row start' });
  const go = h('button', { class: 'primary' }, 'Start');
  let event;
  const type = h('select', { id: 'start-type', onchange: () => choose() }, workflow.startEvents.map((one) => h('option', { value: one }, one)));
  const choose = () => {
    event = eventForm(workflow.events.find((one) => one.type === type.value)?.schema);
    holder.replaceChildren(event.element);
    buttons.replaceChildren(go, h('a', { class: 'button', href: workflowLink(workflow.name) }, 'Back'), event.toggle);
  };
  // Chosen here and now, so that sending the form twice starts one run.
  const fallback = newId();
  const runId = h('input', { id: 'run-id', type: 'text', spellcheck: 'false', autocomplete: 'off', placeholder: 'a new one' });
  const timeout = h('input', { id: 'timeout', type: 'text', inputmode: 'numeric', placeholder: 'none', autocomplete: 'off' });
  const internal = h('input', { id: 'internal', type: 'checkbox' });
  choose();
  const several = workflow.startEvents.length > 1;
  const tell = () => {
    let json = '{…}';
    try {
      json = JSON.stringify(event.read());
    } catch {
      // Not all is filled in yet.
    }
    const command = `millrace start ${workflow.name} ${quoted(json)}`;
    same.replaceChildren(h('pre', { tabindex: '0' }, command), several ? h('p', { class: 'quiet' }, 'With several start events, the HTTP API’s startType says which one it is.') : copyButton(command, 'command', 'Copy'));
  };
  setTimeout(tell);
  return h('form', {
    class: 'card form', oninput: tell, onchange: tell,
    onsubmit: async (submit) => {
      submit.preventDefault();
      go.disabled = true;
      try {
        const started = await postAgain('/api/runs', {
          workflow: workflow.name,
          event: event.read(),
          runId: runId.value.trim() || fallback,
          internalEvents: internal.checked,
          ...(several ? { startType: type.value } : {}),
          ...(timeout.value.trim() ? { timeout: seconds(timeout) } : {}),
        });
        location.hash = runLink(started.runId);
      } catch (error) {
        if (!(error instanceof FormError) && !(error instanceof Problem)) {
          throw error;
        }
        event.complain(error);
      } finally {
        go.disabled = false;
      }
    },
  },
  several ? h('div', { class: 'field' }, h('label', { for: 'start-type' }, 'Begin with'), type)
    : h('h2', null, workflow.startEvents[0]),
  holder,
  h('details', null, h('summary', null, 'Options'),
    h('div', { class: 'field' }, h('label', { for: 'run-id' }, 'Run id'), runId, h('small', null, 'Letters, digits, - and _. The same start under the same id is the same run.')),
    h('div', { class: 'field' }, h('label', { for: 'timeout' }, 'Timeout in seconds'), timeout, h('small', null, 'Of the whole run; it then ends as timed out.')),
    h('div', { class: 'field' }, h('label', { for: 'internal' }, 'Tell everything'), internal, h('small', null, 'Retries and unhandled events appear on the stream, too.'))),
  buttons);
}

function seconds(input) {
  const given = Number(input.value.trim());
  if (!(given > 0)) {
    throw new FormError('The timeout must be a number of seconds above 0', input);
  }
  return `PT${given}S`;
}
