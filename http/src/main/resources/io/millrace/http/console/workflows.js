// What can be run.

import { get } from './api.js';
import { h, refill, onChange } from './dom.js';
import { poll } from './looks.js';
import { count } from './format.js';
import { empty, problemBox, statusCounts, workflowLink } from './parts.js';

export async function workflowsPage({ main, signal, title }) {
  title('Workflows');
  const trouble = h('div');
  const body = h('div');
  const draw = onChange((workflows, activity) => refill(body, workflows.length === 0 ? nothing() : list(workflows, activity)));
  let first = true;
  await Promise.resolve();
  poll(async () => {
    const [{ workflows }, { workflows: activity }] = await Promise.all([
      get('/api/workflows', {}, signal), get('/api/activity', {}, signal)]);
    if (first) {
      first = false;
      main.replaceChildren(h('div', { class: 'head' }, h('h1', null, 'Workflows')), trouble, body);
    }
    draw(workflows, activity);
  }, 2_000, signal, (problem) => {
    if (problem && first) {
      main.replaceChildren(trouble);
    }
    refill(trouble, problem ? problemBox(problem) : []);
  });
}

function nothing() {
  return empty('No workflow has steps yet',
    'A workflow appears here as soon as one of its steps runs. Start one, for instance with ',
    h('code', null, './millrace dev --http-port 8080 --example human'),
    ', or start your own step with this namespace’s MILLRACE_BOOTSTRAP_SERVERS.');
}

function list(workflows, activity) {
  const active = new Map(activity.map((one) => [one.workflow, one]));
  const gone = activity.filter((one) => !workflows.some((workflow) => workflow.name === one.workflow));
  return [
    h('ul', { class: 'cards' }, workflows.map((workflow) => card(workflow, active.get(workflow.name)))),
    gone.length === 0 ? null : h('section', null,
      h('h2', null, 'Without steps now'),
      h('p', { class: 'quiet' }, 'Runs of these workflows are remembered, but their steps are withdrawn.'),
      h('ul', { class: 'plain' }, gone.map((one) => h('li', null, h('b', null, one.workflow), ' ', statusCounts(one.workflow, one.runs))))),
  ];
}

function card(workflow, activity) {
  const open = (activity?.steps ?? []).reduce((sum, step) => sum + step.running + step.dispatched + step.queued + step.retrying, 0);
  return h('li', { class: 'card workflow' },
    h('h2', null, h('a', { href: workflowLink(workflow.name), 'data-key': workflow.name, class: 'cover' }, workflow.name)),
    h('p', { class: 'quiet' },
      `${count(workflow.steps.length, 'step')} · begins with ${workflow.startEvents.join(' or ') || 'nothing yet'}`),
    h('p', { class: 'steps' }, workflow.steps.map((step) => h('span', { class: 'chip' }, step))),
    h('p', { class: 'foot' }, statusCounts(workflow.name, activity?.runs),
      open > 0 ? h('span', { class: 'quiet' }, `${count(open, 'execution')} under way`) : null));
}
