// What could not be handled.

import { get, post } from './api.js';
import { h, refill, onChange } from './dom.js';
import { poll } from './looks.js';
import { simpleName } from './format.js';
import { jsonView } from './json.js';
import { copyButton, empty, idText, notice, problemBox, runLink, when, workflowLink } from './parts.js';
import { session, whyNot } from './session.js';

export async function deadLettersPage({ main, signal, query, title }) {
  title('Dead letters');
  const filter = { workflow: query.get('workflow') ?? '', runId: query.get('runId') ?? '', step: query.get('step') ?? '' };
  const trouble = h('div');
  const said = h('div', { role: 'status' });
  const list = h('div');
  const more = h('div', { class: 'more' });
  let pages = 1;

  const draw = onChange((letters, next) => {
    refill(list, letters.length === 0 ? nothing(filter, next) : h('ol', { class: 'plain letters' }, letters.map((letter) => card(letter, redriven))));
    refill(more, next ? h('button', { type: 'button', 'data-key': 'more', onclick: () => { pages++; ask(); } }, 'Look further back') : []);
  });

  async function ask() {
    let all = [];
    let next;
    for (let i = 0; i < pages && (i === 0 || next !== undefined); i++) {
      const page = await get('/api/dead-letters', { ...filter, cursor: next }, signal);
      all = all.concat(page.deadLetters);
      next = page.next;
    }
    draw(all, next ?? null);
  }

  function redriven(letter, epoch) {
    refill(said, notice('info', 'Sent again', h('p', null, `${letter.eventType} is on its way to step ${letter.step}; its run is in epoch ${epoch}. `,
      h('a', { href: runLink(letter.runId) }, 'Watch it'), '.')));
    ask();
  }

  main.replaceChildren(
    h('div', { class: 'head' }, h('h1', null, 'Dead letters')),
    h('p', { class: 'lead' }, 'Events whose step failed for good, and records that nobody could read. A redrive sends the event to its step again, with a fresh budget of attempts.'),
    filters(filter), trouble, said, list, more);
  poll(ask, 5_000, signal, (problem) => refill(trouble, problem ? problemBox(problem) : []));
}

function filters(filter) {
  const field = (name, label) => h('label', null, label, ' ', h('input', { type: 'search', name, value: filter[name], size: '18', 'data-filter': name === 'workflow' }));
  return h('form', {
    class: 'filters',
    onsubmit: (event) => {
      event.preventDefault();
      const chosen = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value.trim() !== ''));
      location.hash = `#/dead-letters${chosen.size > 0 ? '?' + chosen : ''}`;
    },
  }, field('workflow', 'Workflow'), field('step', 'Step'), field('runId', 'Run'), h('button', null, 'Filter'));
}

function card(letter, redriven) {
  const refused = h('span', { class: 'complaint', role: 'alert' });
  const redrive = h('button', {
    type: 'button', 'data-key': `redrive-${letter.offset}`, disabled: !session.mayOperate, title: session.mayOperate ? null : whyNot(),
    onclick: async () => {
      redrive.disabled = true;
      try {
        const done = await post(`/api/runs/${encodeURIComponent(letter.runId)}/redrive`, { executionId: letter.executionId });
        redriven(letter, done.epoch);
      } catch (error) {
        redrive.disabled = false;
        refused.textContent = error.message;
      }
    },
  }, 'Redrive');
  return h('li', { class: 'card letter' },
    h('div', { class: 'row' },
      h('h2', null, simpleName(letter.errorType ?? 'Unreadable record')),
      when(letter.at)),
    h('p', { class: 'message' }, letter.errorMessage ?? 'No message.'),
    h('dl', { class: 'facts' },
      fact('Run', letter.runId && h('a', { href: runLink(letter.runId), 'data-key': `run-${letter.offset}` }, idText(letter.runId))),
      fact('Workflow', letter.workflow && h('a', { href: workflowLink(letter.workflow) }, letter.workflow)),
      fact('Step', letter.step), fact('Event', letter.eventType),
      fact('Attempts', letter.attempts), fact('Record', letter.origin)),
    letter.event === undefined ? null : h('details', { 'data-key': `event-${letter.offset}` }, h('summary', null, 'Event'), jsonView(letter.event, 'Event')),
    h('div', { class: 'row start' }, letter.runId && letter.executionId ? redrive : null,
      letter.executionId ? copyButton(letter.executionId, 'execution id', 'Copy execution id') : null, refused));
}

function fact(name, value) {
  return value === undefined || value === null || value === '' ? null : h('div', null, h('dt', null, name), h('dd', null, value));
}

function nothing(filter, next) {
  if (next) {
    return empty('Nothing among the newest', 'Older ones have not been looked at yet.');
  }
  return filter.workflow || filter.runId || filter.step
    ? empty('No dead letter is like that', h('a', { href: '#/dead-letters' }, 'Show all'), '.')
    : empty('No dead letters', 'Every event so far was handled, or is still being tried. Good.');
}
