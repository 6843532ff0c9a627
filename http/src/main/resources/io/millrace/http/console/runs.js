// All runs, newest first.

import { get } from './api.js';
import { h, refill, onChange } from './dom.js';
import { poll } from './looks.js';
import { duration } from './format.js';
import { empty, problemBox, runLink, statusPill, when, workflowLink } from './parts.js';
import { asked, filterOf, filters, inWords, isFiltered } from './runfilter.js';

export async function runsPage({ main, signal, query, title }) {
  title('Runs');
  const filter = filterOf(query);
  const { workflows } = await get('/api/workflows', {}, signal);
  const trouble = h('div');
  const table = h('div');
  const more = h('div', { class: 'more' });
  let pages = 1;
  const page = (cursor) => get('/api/runs', { ...asked(filter), limit: 50, cursor }, signal);

  const draw = onChange((runs, next) => {
    refill(table, runs.length === 0 ? nothing(filter) : rows(runs));
    refill(more, next ? h('button', { type: 'button', 'data-key': 'more', onclick: () => { pages++; ask(); } }, 'Show older runs') : []);
  });

  async function ask() {
    let all = [];
    let next;
    for (let i = 0; i < pages && (i === 0 || next); i++) {
      const one = await page(next);
      all = all.concat(one.runs);
      next = one.next;
    }
    draw(all, next ?? null);
  }

  main.replaceChildren(
    h('div', { class: 'head' }, h('h1', null, 'Runs'), jump()),
    filters(filter, workflows.map((workflow) => workflow.name)),
    trouble, table, more);
  poll(ask, () => (pages > 1 ? 5_000 : 2_000), signal, (problem) => refill(trouble, problem ? problemBox(problem) : []));
}

/** To one run by its id. */
function jump() {
  const id = h('input', { type: 'search', 'aria-label': 'Run id', placeholder: 'Run id', 'data-filter': true, size: '28' });
  return h('form', {
    class: 'inline', role: 'search',
    onsubmit: (event) => {
      event.preventDefault();
      if (id.value.trim()) {
        location.hash = runLink(id.value.trim());
      }
    },
  }, id, h('button', null, 'Open'));
}

function rows(runs) {
  return h('div', { class: 'scroll' }, h('table', { class: 'runs' },
    h('thead', null, h('tr', null, ['Run', 'Workflow', 'Status', 'Started', 'Took'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, runs.map((run) => h('tr', null,
      h('td', null, h('a', { href: runLink(run.runId), 'data-key': run.runId, class: 'id' }, run.runId),
        run.epoch > 1 ? h('span', { class: 'chip', title: 'It was redriven' }, `epoch ${run.epoch}`) : null),
      h('td', null, h('a', { href: workflowLink(run.workflow) }, run.workflow)),
      h('td', null, statusPill(run.status)),
      h('td', null, when(run.startedAt)),
      h('td', { class: 'number' }, run.endedAt ? duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : h('span', { class: 'quiet' }, 'goes on')))))));
}

function nothing(filter) {
  if (isFiltered(filter)) {
    return empty('No run is like that', `None${inWords(filter)}. `,
      h('a', { href: '#/runs' }, 'Show all runs'), '.');
  }
  return empty('No runs yet', 'Start one from a ', h('a', { href: '#/workflows' }, 'workflow’s page'),
    ', with ', h('code', null, 'millrace start'), ', or from a program with WorkflowClient.');
}
