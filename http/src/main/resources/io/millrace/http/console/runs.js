// All runs, newest first.

import { get } from './api.js';
import { h, refill, onChange } from './dom.js';
import { poll } from './looks.js';
import { duration } from './format.js';
import { empty, problemBox, runLink, runsLink, statusPill, statusWord, STATUSES, when, workflowLink } from './parts.js';

export async function runsPage({ main, signal, query, title }) {
  title('Runs');
  const filter = { workflow: query.get('workflow') ?? '', status: query.get('status') ?? '' };
  const { workflows } = await get('/api/workflows', {}, signal);
  const trouble = h('div');
  const table = h('div');
  const more = h('div', { class: 'more' });
  let pages = 1;
  const page = (cursor) => get('/api/runs', { ...filter, limit: 50, cursor }, signal);

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

function filters(filter, workflows) {
  const all = filter.workflow && !workflows.includes(filter.workflow) ? [...workflows, filter.workflow] : workflows;
  const select = h('select', {
    id: 'workflow-filter',
    onchange: () => { location.hash = runsLink({ ...filter, workflow: select.value }); },
  }, h('option', { value: '' }, 'All workflows'), all.map((name) => h('option', { value: name }, name)));
  select.value = filter.workflow;
  const chosen = new Set(filter.status.split(',').filter(Boolean));
  return h('div', { class: 'filters' },
    h('label', { for: 'workflow-filter' }, 'Workflow'), select,
    h('div', { class: 'segments', role: 'group', 'aria-label': 'Status' },
      h('a', { href: runsLink({ ...filter, status: '' }), 'aria-current': chosen.size === 0 ? 'true' : null }, 'any status'),
      STATUSES.map((status) => h('a', {
        href: runsLink({ ...filter, status: chosen.size === 1 && chosen.has(status) ? '' : status }),
        'aria-current': chosen.has(status) ? 'true' : null,
      }, statusWord(status)))));
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
  if (filter.workflow || filter.status) {
    return empty('No run is like that',
      `None${filter.workflow ? ` of ${filter.workflow}` : ''}${filter.status ? ` is ${filter.status.split(',').map(statusWord).join(' or ')}` : ' is remembered'}. `,
      h('a', { href: '#/runs' }, 'Show all runs'), '.');
  }
  return empty('No runs yet', 'Start one from a ', h('a', { href: '#/workflows' }, 'workflow’s page'),
    ', with ', h('code', null, 'millrace start'), ', or from a program with WorkflowClient.');
}
