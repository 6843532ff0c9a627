// What happened in a run, execution by execution, drawn over time.

import { h } from './dom.js';
import { count, duration, exact, plain, simpleName } from './format.js';
import { copyButton } from './parts.js';
import { timescale } from './timescale.js';

/** So many executions of one step are shown as one row until it is opened. */
const GROUP_FROM = 7;
const MOST_ROWS = 300;

const ENDS = {
  COMPLETED: 'completed', FAILED: 'failed', SUSPENDED: 'suspended', INVOKED_AGAIN: 'invoked again', LOST: 'worker lost', DROPPED: 'dropped',
};
const GLYPHS = { STARTED: '▶', EVENT: '✎', PROMPT: '?', NOTE: '!', REDRIVEN: '↻', ENDED: '■' };
const WORDS = { STARTED: 'Started', EVENT: 'Event from outside', PROMPT: 'Asked', NOTE: 'Note', REDRIVEN: 'Redriven', ENDED: 'Ended' };

/** `opened`: ids of rows that are open, changed by the reader. */
export function timeline(run, history, opened, redraw) {
  const now = run.endedAt ? Date.parse(run.endedAt) : Date.now();
  const from = Date.parse(run.startedAt);
  const end = (attempt) => (attempt.endedAt ? Date.parse(attempt.endedAt) : now);
  const attempts = history.executions.flatMap((one) => one.attempts);
  const scale = timescale(from, Math.max(now, from + 1), attempts.map((one) => [Date.parse(one.dispatchedAt), end(one)]));
  const context = { scale, now, end, ended: Boolean(run.endedAt), opened, redraw };
  return h('div', { class: 'timeline' },
    axis(scale, from), moments(history.moments, scale, from),
    h('ol', { class: 'rows' }, grouped(history.executions).map((group) => (group.length < GROUP_FROM ? group.map((one) => row(one, context)) : groupRow(group, context)))),
    history.executions.length === 0 ? h('p', { class: 'quiet' }, 'Nothing has been sent to a step yet.') : null,
    h('p', { class: 'quiet hint' }, h('span', { class: 'key sent' }), 'sent out ', h('span', { class: 'key work' }), 'at work ', h('span', { class: 'key failed' }), 'failed ',
      scale.folds.length > 0 ? [h('span', { class: 'key folded' }), 'folded: nothing was out'] : null),
    history.gap ? h('p', { class: 'quiet gap' }, `Not all of it: ${history.gap}.`) : null);
}

function grouped(executions) {
  const bySteps = new Map();
  executions.forEach((one) => bySteps.set(one.step, [...(bySteps.get(one.step) ?? []), one]));
  const groups = [];
  for (const one of executions) {
    const all = bySteps.get(one.step);
    if (all.length < GROUP_FROM) {
      groups.push([one]);
    } else if (all[0] === one) {
      groups.push(all);
    }
  }
  return groups;
}

function axis(scale, from) {
  return h('div', { class: 'axis', 'aria-hidden': 'true' }, h('span', { class: 'label' }), h('div', { class: 'track' },
    scale.ticks.map((tick) => h('span', { class: 'tick', vars: { x: `${tick.x}%` } }, duration(tick.millis))),
    scale.folds.map((fold) => h('span', { class: 'fold', vars: { x: `${fold.x}%`, w: `${fold.end - fold.x}%` }, title: `${duration(fold.to - fold.from)} in which nothing was out` }, duration(fold.to - fold.from)))));
}

function moments(all, scale, from) {
  const shown = all.filter((one) => one.kind !== 'NOTE' || all.length < 60);
  return h('div', { class: 'axis moments' }, h('span', { class: 'label' }, 'Run'), h('div', { class: 'track' },
    shown.map((one) => h('span', {
      class: `moment ${one.kind.toLowerCase()}`, vars: { x: `${scale.at(Date.parse(one.at))}%` },
      title: `${WORDS[one.kind]}: ${plain(one.text)} (after ${duration(Date.parse(one.at) - from)})`, 'aria-hidden': 'true',
    }, GLYPHS[one.kind]))));
}

/** The same as a list, for reading. */
export function log(history, from) {
  return h('ol', { class: 'log' }, history.moments.map((one) => h('li', { class: one.kind.toLowerCase() },
    h('span', { class: 'glyph', 'aria-hidden': 'true' }, GLYPHS[one.kind]),
    h('time', { datetime: one.at, title: exact(one.at) }, `+${duration(Date.parse(one.at) - from)}`),
    h('span', null, one.kind === 'STARTED' || one.kind === 'NOTE' || one.kind === 'REDRIVEN' ? plain(one.text)
      : one.kind === 'ENDED' ? ended(one.text) : `${WORDS[one.kind]}: ${one.text}${one.step ? `, by ${one.step}` : ''}`))));
}

function ended(text) {
  return text.toLowerCase().startsWith('completed') ? 'completed' : plain(text).replace(/^[A-Z_]+/, (word) => word.toLowerCase().replace('_', ' '));
}

function toggle(id, context) {
  return () => {
    if (!context.opened.delete(id)) {
      context.opened.add(id);
    }
    context.redraw();
  };
}

/** `number`: of a row among those of its group. */
function row(execution, context, number) {
  const { executionId: id, step, eventType, attempts } = execution;
  const open = context.opened.has(id);
  const last = attempts[attempts.length - 1];
  const state = last.end ? ENDS[last.end] : last.adoptedAt ? 'running' : 'sent out';
  const failures = attempts.filter((one) => one.end === 'FAILED').length;
  return h('li', { class: number ? 'inner' : null },
    h('button', {
      type: 'button', class: 'line', 'aria-expanded': String(open), 'data-key': `row-${id}`, onclick: toggle(id, context),
      'aria-label': `${step}, ${eventType}, ${state}, ${count(attempts.length, 'attempt')}`,
    },
    h('span', { class: 'label' }, h('b', null, number ? `#${number}` : step), h('span', { class: 'quiet' }, eventType),
      failures > 0 ? h('span', { class: 'chip bad', title: `${count(failures, 'attempt')} failed` }, `✕${failures}`) : null),
    track(attempts, context)),
    open ? details(execution, context) : null);
}

function groupRow(group, context) {
  const id = `step ${group[0].step}`;
  const open = context.opened.has(id);
  const done = group.filter((one) => one.attempts[one.attempts.length - 1].end === 'COMPLETED').length;
  return h('li', null,
    h('button', { type: 'button', class: 'line group', 'aria-expanded': String(open), 'data-key': `row-${id}`, onclick: toggle(id, context), 'aria-label': `${group[0].step}, ${count(group.length, 'execution')}, ${done} completed` },
      h('span', { class: 'label' }, h('b', null, group[0].step), h('span', { class: 'quiet' }, `${done} of ${group.length.toLocaleString()} done`)),
      h('span', { class: 'track heap' }, foldsOf(context), group.slice(0, MOST_ROWS).map((one) => bars(one.attempts, context)))),
    open ? h('ol', { class: 'rows' }, group.slice(0, MOST_ROWS).map((one, i) => row(one, context, i + 1)),
      group.length > MOST_ROWS ? h('li', { class: 'quiet' }, `and ${count(group.length - MOST_ROWS, 'more execution')}`) : null) : null);
}

function foldsOf({ scale }) {
  return scale.folds.map((fold) => h('span', { class: 'fold', vars: { x: `${fold.x}%`, w: `${fold.end - fold.x}%` } }));
}

function track(attempts, context) {
  return h('span', { class: 'track' }, foldsOf(context), bars(attempts, context));
}

function bars(attempts, { scale, now, end, ended: over }) {
  return attempts.map((attempt, i) => {
    const start = Date.parse(attempt.dispatchedAt);
    const stop = end(attempt);
    const x = scale.at(start);
    const next = attempts[i + 1];
    const until = next ? Date.parse(next.dispatchedAt) : !over && (attempt.end === 'SUSPENDED' || attempt.end === 'FAILED') ? now : undefined;
    const kind = attempt.end ? attempt.end.toLowerCase().replace('_', '-') : attempt.adoptedAt ? 'out running' : 'out';
    const taken = attempt.adoptedAt ? ((Date.parse(attempt.adoptedAt) - start) / Math.max(1, stop - start)) * 100 : 0;
    return [
      until === undefined ? null : h('span', { class: `pause ${attempt.end === 'SUSPENDED' ? 'wait' : ''}`, vars: { x: `${scale.at(stop)}%`, w: `${scale.at(until) - scale.at(stop)}%` } }),
      h('span', {
        class: `bar ${kind}`, vars: { x: `${x}%`, w: `${scale.at(stop) - x}%`, taken: `${taken}%` },
        title: `attempt ${attempt.attempt}: ${attempt.end ? ENDS[attempt.end] : 'out'}, ${duration(stop - start)}`,
      }),
    ];
  });
}

function details(execution, { end }) {
  return h('div', { class: 'details' },
    execution.attempts.map((attempt) => h('section', null,
      h('h4', null, `Attempt ${attempt.attempt}`, ' ', h('span', { class: `chip ${attempt.end === 'FAILED' ? 'bad' : ''}` }, attempt.end ? ENDS[attempt.end] : attempt.adoptedAt ? 'running' : 'sent out')),
      h('dl', { class: 'facts' },
        fact('Sent out', exact(attempt.dispatchedAt)),
        fact('Taken', attempt.adoptedAt && exact(attempt.adoptedAt)),
        fact('Took', duration(end(attempt) - Date.parse(attempt.dispatchedAt))),
        fact('Emitted', Object.entries(attempt.emitted).map(([type, n]) => (n > 1 ? `${n} × ${type}` : type)).join(', ')),
        fact('Wrote state', attempt.wrote.join(', ')),
        fact('Streamed', attempt.streamed > 0 ? count(attempt.streamed, 'event') : null),
        fact('Worker', attempt.worker)),
      attempt.detail ? h('p', { class: 'quiet' }, `${attempt.detail[0].toUpperCase()}${attempt.detail.slice(1)}.`) : null,
      attempt.error ? h('div', { class: 'error' }, h('b', null, simpleName(attempt.error.type)), h('p', null, attempt.error.message),
        attempt.error.stack ? h('details', null, h('summary', null, 'Stack'), h('pre', { tabindex: '0' }, attempt.error.stack)) : null) : null)),
    h('p', { class: 'row start' }, h('span', { class: 'quiet' }, 'Execution'), h('code', { class: 'id' }, execution.executionId), copyButton(execution.executionId, 'execution id')));
}

function fact(name, value) {
  return value ? h('div', null, h('dt', null, name), h('dd', null, value)) : null;
}
