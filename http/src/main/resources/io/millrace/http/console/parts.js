// Small pieces that several pages are made of.

import { h } from './dom.js';
import { ago, clock, shortId } from './format.js';

const STATUS = {
  RUNNING: ['●', 'running'],
  WAITING: ['◐', 'waiting'],
  COMPLETED: ['✓', 'completed'],
  FAILED: ['✕', 'failed'],
  CANCELLED: ['⊘', 'cancelled'],
  TIMED_OUT: ['◷', 'timed out'],
  STALLED: ['‖', 'stalled'],
};

export const STATUSES = Object.keys(STATUS);

export function statusWord(status) {
  return STATUS[status]?.[1] ?? status.toLowerCase();
}

export function statusPill(status) {
  return h('span', { class: `pill status-${status.toLowerCase().replace('_', '-')}` },
    h('span', { class: 'glyph', 'aria-hidden': 'true' }, STATUS[status]?.[0] ?? '·'), statusWord(status));
}

/** The same with a number, as a link to the runs that are meant. */
export function statusCount(workflow, status, n) {
  return h('a', { class: `pill status-${status.toLowerCase().replace('_', '-')}`, href: runsLink({ workflow, status }), 'data-key': `count-${status}` },
    h('span', { class: 'glyph', 'aria-hidden': 'true' }, STATUS[status]?.[0] ?? '·'),
    h('b', null, n.toLocaleString()), ' ', statusWord(status));
}

export function statusCounts(workflow, runs) {
  const present = STATUSES.filter((status) => runs?.[status]);
  return present.length === 0
    ? h('span', { class: 'quiet' }, 'no runs yet')
    : h('span', { class: 'pills' }, present.map((status) => statusCount(workflow, status, runs[status])));
}

export function workflowLink(name) {
  return `#/workflows/${encodeURIComponent(name)}`;
}

export function runLink(runId) {
  return `#/runs/${encodeURIComponent(runId)}`;
}

export function runsLink(filter) {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  return `#/runs${query.size > 0 ? '?' + query : ''}`;
}

export function when(instant) {
  return h('time', { datetime: instant, title: new Date(instant).toLocaleString() }, clock(instant),
    h('span', { class: 'quiet' }, ` · ${ago(instant)}`));
}

export function idText(id) {
  return h('code', { class: 'id', title: id }, shortId(id));
}

/** Copies a text; says that it has. */
export function copyButton(text, label, caption = 'copy') {
  const button = h('button', {
    type: 'button', class: 'ghost small', 'aria-label': `Copy ${label}`, title: `Copy ${label}`,
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'copied';
      } catch {
        button.textContent = 'not allowed';
      }
      setTimeout(() => { button.textContent = caption; }, 1_500);
    },
  }, caption);
  return button;
}

/** Nothing is here, and what to do about it. */
export function empty(title, ...what) {
  return h('div', { class: 'empty' }, h('h2', null, title), h('p', null, what));
}

export function problemBox(problem, ...more) {
  return h('div', { class: 'notice bad', role: 'alert' },
    h('strong', null, problem.title), h('p', null, problem.message), more);
}

export function notice(kind, title, ...body) {
  return h('div', { class: `notice ${kind}` }, h('strong', null, title), body);
}

export function loading(what) {
  return h('p', { class: 'quiet loading', role: 'status' }, `${what} …`);
}

export function crumbs(...parts) {
  return h('nav', { class: 'crumbs', 'aria-label': 'Breadcrumb' },
    h('ol', null, parts.map(([text, href]) => h('li', null, href ? h('a', { href }, text) : h('span', { 'aria-current': 'page' }, text)))));
}
