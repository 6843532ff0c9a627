// Questions that nobody has answered yet, each with the form of its answer.

import { postAgain, Problem } from './api.js';
import { h, announce } from './dom.js';
import { eventForm } from './eventform.js';
import { FormError } from './inputs.js';
import { ago, newId } from './format.js';
import { fieldsView, onlyText } from './json.js';
import { session, whyNot } from './session.js';

/** `answered()` is called when one was. The form of a question stays as it is while others come and go. */
export function promptsView(runId, workflow, answered) {
  const element = h('div', { class: 'prompts' });
  const cards = new Map();

  /** `asked`: the prompts' events as the stream told them, by event id. */
  return {
    element,
    show: (run, asked) => {
      const open = run.outcome ? [] : run.prompts;
      for (const [id, one] of cards) {
        if (!open.some((prompt) => prompt.eventId === id)) {
          one.remove();
          cards.delete(id);
        }
      }
      for (const prompt of open) {
        const told = asked.get(prompt.eventId);
        if (!cards.has(prompt.eventId)) {
          const one = card(prompt, typesFor(workflow, run));
          cards.set(prompt.eventId, one);
          element.append(one);
          announce(`The run asks: ${prompt.eventType}`);
        }
        cards.get(prompt.eventId).querySelector('.since').textContent = `asked ${ago(prompt.since)}`;
        const question = cards.get(prompt.eventId).querySelector('.question');
        if (told && question.dataset.told !== 'yes') {
          question.dataset.told = 'yes';
          const text = onlyText(told);
          question.replaceChildren(text === undefined ? fieldsView(told) : h('p', { class: 'ask' }, text));
        }
      }
    },
  };

  function card(prompt, types) {
    const head = [h('div', { class: 'row start' }, h('h2', null, 'A question'), h('span', { class: 'chip' }, prompt.eventType), h('span', { class: 'quiet since' })),
      h('div', { class: 'question' }, h('p', { class: 'quiet' }, 'The question itself has not been read from the stream.'))];
    if (types.length === 0) {
      return h('section', { class: 'card prompt' }, head, h('p', { class: 'quiet' }, 'No step that runs takes an answer.'));
    }
    if (!session.mayOperate) {
      return h('section', { class: 'card prompt' }, head, h('p', { class: 'quiet' }, whyNot()));
    }
    return h('section', { class: 'card prompt' }, head, form(prompt, types));
  }

  function form(prompt, types) {
    const holder = h('div');
    let event;
    const type = h('select', { 'aria-label': 'Type of the answer', onchange: () => choose() }, types.map((one) => h('option', { value: one }, one)));
    const choose = () => {
      event = eventForm(workflow?.events.find((one) => one.type === type.value)?.schema);
      holder.replaceChildren(event.element, h('div', { class: 'row start' }, send, event.toggle));
    };
    const eventId = newId(); // one answer, however often it is sent
    const send = h('button', { class: 'primary' }, 'Answer');
    choose();
    return h('form', {
      onsubmit: async (submit) => {
        submit.preventDefault();
        send.disabled = true;
        try {
          await postAgain(`/api/runs/${encodeURIComponent(runId)}/events`, { type: type.value, event: event.read(), eventId, inReplyTo: prompt.eventId });
          announce('Answered');
          answered();
        } catch (error) {
          if (!(error instanceof FormError) && !(error instanceof Problem)) {
            throw error;
          }
          event.complain(error);
        } finally {
          send.disabled = false;
        }
      },
    }, types.length > 1 ? h('div', { class: 'field' }, h('span', { class: 'label' }, 'Answer with'), type) : null, holder);
  }
}

/** What may be an answer: what a step waits for just now, else every response of the workflow. */
function typesFor(workflow, run) {
  const waited = run.waiters.map((waiter) => waiter.eventType);
  const responses = (workflow?.events ?? []).filter((event) => event.kind === 'HUMAN_RESPONSE').map((event) => event.type);
  return [...new Set([...waited, ...responses])];
}
