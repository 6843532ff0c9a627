// One workflow: its graph with what is open where, its steps and events.

import { get } from './api.js';
import { h, refill } from './dom.js';
import { poll } from './looks.js';
import { graph } from './graph.js';
import { othersCaught } from './graphmodel.js';
import { duration, parseDuration } from './format.js';
import { jsonView } from './json.js';
import { crumbs, notice, problemBox, runsLink, statusCounts, workflowLink } from './parts.js';
import { session, whyNot } from './session.js';

/** How often it is looked whether steps have been registered, among the looks at what is open. */
const LOOKS = 6;

export async function workflowPage(page) {
  const { main, signal, args: [name], title } = page;
  const path = `/api/workflows/${encodeURIComponent(name)}`;
  title(name, 'Workflow');
  const workflow = await get(path, {}, signal);
  const looking = new AbortController();
  signal.addEventListener('abort', () => looking.abort());
  let looks = 0;
  const runs = h('div');
  const trouble = h('div');
  const panel = h('aside', { class: 'card panel', 'aria-live': 'polite', 'aria-label': 'What is chosen' });
  const drawing = graph(workflow, (node) => refill(panel, about(workflow, node)));
  refill(panel, legend(workflow));
  main.replaceChildren(
    crumbs(['Workflows', '#/workflows'], [name]),
    h('div', { class: 'head' }, h('h1', null, name), runs,
      h('div', { class: 'actions' },
        h('a', { class: 'button', href: runsLink({ workflow: name }) }, 'All runs'),
        startLink(workflow))),
    trouble,
    workflow.problems.length === 0 ? '' : notice('bad', 'Runs are refused while anything is wrong here', h('ul', null, workflow.problems.map((text) => h('li', null, text)))),
    h('div', { class: 'card canvas', tabindex: '0', role: 'region', 'aria-label': 'Graph, scrollable' }, drawing.element),
    h('div', { class: 'with-panel' }, h('section', null, h('h2', null, 'Steps'), stepsTable(workflow, drawing.order)), panel));
  poll(async () => {
    const { workflows: [activity] } = await get('/api/activity', { workflow: name }, signal);
    drawing.count(activity);
    refill(runs, statusCounts(name, activity?.runs));
    if (++looks % LOOKS === 0 && JSON.stringify(await get(path, {}, signal)) !== JSON.stringify(workflow)) {
      looking.abort();
      await workflowPage(page);
    }
  }, 1_500, looking.signal, (problem) => refill(trouble, problem ? problemBox(problem) : []));
}

function startLink(workflow) {
  if (!session.mayOperate) {
    return h('span', { class: 'button primary off', 'aria-disabled': 'true', title: whyNot() }, 'Start a run');
  }
  return h('a', { class: 'button primary', href: `${workflowLink(workflow.name)}/start` }, 'Start a run');
}

function legend(workflow) {
  const item = (kind, glyph, text) => h('li', null, h('span', { class: `swatch ${kind}` }, glyph), text);
  return [
    h('h2', null, 'How to read it'),
    h('ul', { class: 'legend' },
      item('step', '', 'a step: its own process, with what it has open now'),
      item('start', '▶', 'begins a run'), item('event', '', 'an event, from step to step'),
      item('input-required', '?', 'asks a person'), item('human-response', '✎', 'a person’s answer'), item('stop', '■', 'ends the run'),
      workflow.steps.some((step) => step.catches.includes('*')) ? item('failure', '✕', 'a step has failed for good') : null),
    h('p', { class: 'quiet' }, 'Choose a step or an event to see what is registered. “× n” is a fan-out; dashed lines are waits and failures.'),
  ];
}

function about(workflow, node) {
  if (node.kind === 'failure') {
    return aboutFailures(othersCaught(workflow));
  }
  return node.kind === 'step' ? aboutStep(workflow.steps.find((step) => step.name === node.name)) : aboutEvent(workflow, node.name);
}

function aboutStep(step) {
  const timeout = parseDuration(step.timeout);
  return [
    h('h2', null, step.name, ' ', h('span', { class: 'chip' }, `version ${step.version}`)),
    h('dl', { class: 'facts tall' },
      fact('Accepts', step.join ? `${step.accepts.join(' and ')}, as ${step.join === 'STATIC' ? 'one set' : 'the members of a fan-out'}` : step.accepts.join(', ')),
      fact('Emits', step.emits.join(', ')), fact('Streams', step.streams.join(', ')),
      fact('Waits for', step.waitsFor.join(', ')),
      fact('Handles failures of', step.catches.map((name) => (name === '*' ? 'every step' : name)).join(', ')),
      fact('Attempts', step.maxAttempts === 1 ? 'one, no retry' : `at most ${step.maxAttempts}`),
      fact('Timeout', timeout === undefined ? 'none' : duration(timeout)),
      fact('At once', `${step.concurrency} in each worker process`)),
  ];
}

function aboutFailures({ handlers, caught }) {
  return [
    h('h2', null, 'Failures'),
    h('p', { class: 'quiet' }, 'A step that fails for good, when no handler is named for it, calls this one with what failed and why.'),
    h('dl', { class: 'facts tall' }, fact('Of the steps', caught.join(', ') || 'none'), fact('Handled by', handlers.join(', '))),
  ];
}

function aboutEvent(workflow, type) {
  const event = workflow.events.find((one) => one.type === type);
  const by = (list) => workflow.steps.filter((step) => step[list].includes(type)).map((step) => step.name).join(', ');
  return [
    h('h2', null, type),
    h('dl', { class: 'facts tall' },
      fact('Emitted by', by('emits') || 'the outside'), fact('Accepted by', by('accepts') || (event?.kind === 'STOP' ? 'nobody: it ends the run' : 'nobody')),
      fact('Waited for by', by('waitsFor'))),
    event ? [h('h3', null, 'Schema'), jsonView(event.schema, `Schema of ${type}`)] : h('p', { class: 'quiet' }, 'No step has told its schema.'),
  ];
}

function fact(name, value) {
  return value ? h('div', null, h('dt', null, name), h('dd', null, value)) : null;
}

function stepsTable(workflow, order) {
  const steps = [...workflow.steps].sort((a, b) => order(a.name) - order(b.name));
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Steps' }, h('table', null,
    h('thead', null, h('tr', null, ['Step', 'Version', 'Accepts', 'Emits', 'Streams', 'Attempts', 'At once'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, steps.map((step) => h('tr', null,
      h('th', { scope: 'row' }, step.name), h('td', { class: 'number' }, step.version), h('td', null, step.accepts.join(', ')),
      h('td', null, step.emits.join(', ') || '–'), h('td', null, step.streams.join(', ') || '–'),
      h('td', { class: 'number' }, step.maxAttempts), h('td', { class: 'number' }, step.concurrency))))));
}
