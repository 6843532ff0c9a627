// One run as it is drawn: its head, why it stands, how it ended, its context.

import { h } from './dom.js';
import { count, duration } from './format.js';
import { fieldsView, jsonView } from './json.js';
import { copyButton, notice, statusPill, when, workflowLink } from './parts.js';
import { session, whyNot } from './session.js';

const ENDED = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TIMED_OUT', 'STALLED']);
const MOST_OPEN = 100;

export function hasEnded(run) {
  return ENDED.has(run.status);
}

/** `busy`: what was asked for is under way, so the buttons are off. */
export function header(run, { busy, cancel, redrive }) {
  const took = Date.parse(run.endedAt ?? run.startedAt) - Date.parse(run.startedAt);
  const off = !session.mayOperate;
  const button = (name, attributes, title, onclick) => h('button', { type: 'button', ...attributes, disabled: off || busy, title: off ? whyNot() : title, onclick }, name);
  return [
    h('div', { class: 'title' }, h('h1', { class: 'mono' }, run.runId), copyButton(run.runId, 'run id')),
    h('div', { class: 'row start' }, statusPill(run.status), run.epoch > 1 ? h('span', { class: 'chip' }, `epoch ${run.epoch}`) : null,
      h('span', { class: 'quiet' }, 'of ', h('a', { href: workflowLink(run.workflow), 'data-key': 'workflow' }, run.workflow), ' · started ', when(run.startedAt),
        run.endedAt ? ` · took ${duration(took)}` : null)),
    h('div', { class: 'actions' },
      run.status === 'FAILED' ? button('Redrive', { class: 'primary', 'data-key': 'redrive' }, 'Goes on where it failed, in a new epoch', redrive) : null,
      hasEnded(run) ? null : button('Cancel', { class: 'danger', 'data-key': 'cancel' }, null, cancel)),
  ];
}

export function reason({ kind, title, lines, stack }) {
  return notice(kind, title, lines.filter(Boolean).map((line) => h('p', null, line)),
    stack ? h('details', { 'data-key': 'stack' }, h('summary', null, 'Stack'), h('pre', { tabindex: '0' }, stack)) : null);
}

export function outcome(run) {
  if (run.outcome?.status !== 'COMPLETED') {
    return [];
  }
  return h('section', { class: 'card result' }, h('div', { class: 'row' }, h('h2', null, 'Result'), h('span', { class: 'chip good' }, run.outcome.type)),
    fieldsView(run.outcome.result));
}

export function contextOf(run, history) {
  const written = (history?.executions ?? []).flatMap((one) => one.attempts).flatMap((attempt) => attempt.wrote);
  const keys = [...new Set([...run.stateKeys, ...written])].sort();
  const state = run.outcome?.state ?? {};
  const open = run.executions;
  return [
    h('h3', null, 'State'),
    keys.length === 0 ? h('p', { class: 'quiet' }, 'No step has written state.') : h('p', { class: 'steps' }, keys.map((key) => h('span', { class: 'chip' }, key))),
    Object.keys(state).length > 0 ? jsonView(state, 'State of the outcome') : null,
    run.outcome && keys.some((key) => !(key in state)) ? h('p', { class: 'quiet' }, 'Values end with the run; a start that names outcomeKeys keeps them.') : null,
    run.outcome && open.length === 0 ? null : h('h3', null, run.outcome ? 'Kept for a redrive' : 'Open now'),
    open.length === 0 ? (run.outcome ? null : h('p', { class: 'quiet' }, 'No execution.'))
      : h('div', { class: 'scroll compact', tabindex: '0', role: 'region', 'aria-label': 'Open executions' }, h('table', null, h('thead', null, h('tr', null, ['Step', 'Event', 'Phase', 'For'].map((name) => h('th', { scope: 'col' }, name)))),
        h('tbody', null, open.slice(0, MOST_OPEN).map((one) => h('tr', null, h('th', { scope: 'row' }, one.step), h('td', null, one.eventType), h('td', null, one.phase.toLowerCase(), one.attempt > 1 ? `, attempt ${one.attempt}` : ''),
          h('td', { class: 'number' }, duration(Date.now() - Date.parse(one.since)))))))),
    open.length > MOST_OPEN || run.truncated ? h('p', { class: 'quiet' }, `The first ${Math.min(MOST_OPEN, open.length)} of ${run.truncated ? 'more than ' : ''}${open.length.toLocaleString()}.`) : null,
    run.buffers.length === 0 ? null : [h('h3', null, 'Collecting'), h('ul', null, run.buffers.map((buffer) => h('li', null, `${buffer.step}: holds ${list(buffer.holds)}${Object.keys(buffer.lacks).length > 0 ? `, lacks ${list(buffer.lacks)}` : ''}`)))],
  ];
}

function list(map) {
  return Object.entries(map).map(([type, n]) => `${n} ${type}`).join(', ') || 'nothing';
}
