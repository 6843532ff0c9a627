// One run: where it stands, what happened, its stream, its questions.

import { get, poll, post, postAgain, Problem, sleep, tail } from './api.js';
import { announce, h, refill } from './dom.js';
import { duration } from './format.js';
import { ask } from './dialog.js';
import { explain } from './explain.js';
import { fieldsView, jsonView } from './json.js';
import { copyButton, crumbs, loading, notice, problemBox, statusPill, statusWord, when, workflowLink } from './parts.js';
import { promptsView } from './prompts.js';
import { session, whyNot } from './session.js';
import { streamView } from './streamview.js';
import { log, timeline } from './timeline.js';

const ENDED = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TIMED_OUT', 'STALLED']);

export async function runPage({ main, signal, args: [runId], title }) {
  title(runId, 'Run');
  const path = `/api/runs/${encodeURIComponent(runId)}`;
  let run = await get(path, {}, signal).catch((error) => { throw gone(runId, error); });
  const workflow = await get(`/api/workflows/${encodeURIComponent(run.workflow)}`, {}, signal).catch(() => null);
  let history = null;
  let busy = false;
  let cost = 0; // of one look, in milliseconds: a history that takes long is asked for seldom
  let wake = () => {};

  const head = h('div', { class: 'head' });
  const trouble = h('div');
  const reasons = h('div');
  const chart = h('div');
  const happened = h('div');
  const context = h('div');
  const result = h('div');
  const asked = new Map();
  const opened = new Set();
  const stream = streamView();
  const prompts = promptsView(runId, workflow, () => refresh());
  main.replaceChildren(
    crumbs(['Runs', '#/runs'], [run.workflow, workflowLink(run.workflow)], [runId]),
    head, trouble, reasons, prompts.element, result,
    h('div', { class: 'two' },
      h('div', { class: 'stack' },
        h('section', { class: 'card', 'aria-label': 'Timeline' }, h('h2', null, 'Timeline'), chart),
        h('div', { class: 'pair' },
          h('section', { class: 'card' }, h('h2', null, 'What happened'), happened),
          h('section', { class: 'card' }, h('h2', null, 'Context'), context))),
      stream.element));

  function draw() {
    refill(head, header(run, { cancel, redrive }));
    refill(reasons, explain(run).map(reason));
    prompts.show(run, asked);
    refill(result, outcome(run));
    drawTimeline();
    refill(happened, history ? log(history, Date.parse(run.startedAt)) : loading('Reading the run log'));
    refill(context, contextOf(run, history));
    deleted();
  }

  function drawTimeline() {
    refill(chart, history ? timeline(run, history, opened, drawTimeline) : loading('Reading the run log'));
  }

  async function refresh() {
    if (busy) {
      return;
    }
    busy = true;
    const began = performance.now();
    try {
      const before = run.status;
      const [now, past] = await Promise.all([get(path, {}, signal), get(`${path}/history`, {}, signal)]);
      run = now;
      history = past;
      cost = performance.now() - began;
      draw();
      if (run.status !== before) {
        announce(`The run is ${statusWord(run.status)}`);
        title(runId, statusWord(run.status));
        follow();
      }
    } finally {
      busy = false;
    }
  }

  let over = false; // the stream has told all that it has
  let following = false;
  let last;
  async function follow() {
    if (following || (last?.kind === 'TERMINAL' && ENDED.has(run.status))) {
      return;
    }
    following = true;
    try {
      await tail(runId, {
        after: last?.id, signal,
        on: {
          state: stream.state,
          record: (record) => {
            last = record;
            if (record.kind === 'PROMPT' && record.eventId) {
              asked.set(record.eventId, record.event);
            }
            stream.add(record);
            wake();
          },
        },
      });
      if (!signal.aborted) {
        stream.state('over');
        over = true;
        await refresh();
        deleted();
      }
    } catch (error) {
      if (!signal.aborted && error instanceof Problem) {
        stream.state('over');
        stream.say(error.message);
      }
    } finally {
      following = false;
    }
  }

  /** What was written may be past its retention. */
  function deleted() {
    const written = (history?.executions ?? []).flatMap((one) => one.attempts).reduce((sum, attempt) => sum + attempt.streamed, 0);
    if (over && stream.total <= 1 && written > 0) {
      over = false; // said once
      stream.say(`${written === 1 ? 'One event was streamed and is' : `${written.toLocaleString()} events were streamed and are`} deleted: a stream is kept for a while after the end of its run (millrace.stream.retention). What happened is still in the timeline.`);
    }
  }

  async function cancel() {
    const reason = await ask('Cancel this run?', 'Steps that are at work are interrupted, and what they do from now on has no effect. This cannot be undone.', { label: 'Reason (optional)', action: 'Cancel the run', back: 'Keep it' });
    if (reason !== null) {
      await act(() => postAgain(`${path}/cancel`, reason ? { reason } : {}));
    }
  }

  async function redrive() {
    await act(() => post(`${path}/redrive`, {}));
  }

  async function act(call) {
    try {
      await call();
      refill(trouble);
      await refresh();
    } catch (error) {
      refill(trouble, problemBox(error));
    }
  }

  draw();
  follow();
  let turn = 0;
  const patience = () => {
    if (ENDED.has(run.status)) {
      return 15_000;
    }
    return Math.max(run.status === 'WAITING' && turn++ > 10 ? 6_000 : 2_500, 6 * cost);
  };
  poll(refresh, patience, signal, (problem) => refill(trouble, problem ? problemBox(problem) : []));
  // What the stream tells of is looked up soon, at most once a second.
  let soon = false;
  wake = async () => {
    if (!soon) {
      soon = true;
      await sleep(Math.max(900, 3 * cost), signal);
      soon = false;
      if (!signal.aborted) {
        refresh().catch(() => {}); // the regular look-up comes to it, and says what is wrong
      }
    }
  };
}

function gone(runId, error) {
  if (error.status !== 404) {
    return error;
  }
  return new Problem(404, {
    title: `Run ${runId} is not known`,
    detail: 'Nobody has started it on this namespace, or it ended so long ago that it is forgotten (millrace.run.retention). Runs that were just started appear at once.',
  });
}

function header(run, { cancel, redrive }) {
  const took = Date.parse(run.endedAt ?? run.startedAt) - Date.parse(run.startedAt);
  const off = !session.mayOperate;
  return [
    h('div', { class: 'title' }, h('h1', { class: 'mono' }, run.runId), copyButton(run.runId, 'run id')),
    h('div', { class: 'row start' }, statusPill(run.status), run.epoch > 1 ? h('span', { class: 'chip' }, `epoch ${run.epoch}`) : null,
      h('span', { class: 'quiet' }, 'of ', h('a', { href: workflowLink(run.workflow), 'data-key': 'workflow' }, run.workflow), ' · started ', when(run.startedAt),
        run.endedAt ? ` · took ${duration(took)}` : null)),
    h('div', { class: 'actions' },
      run.status === 'FAILED' ? h('button', { type: 'button', class: 'primary', 'data-key': 'redrive', disabled: off, title: off ? whyNot() : 'Goes on where it failed, in a new epoch', onclick: redrive }, 'Redrive') : null,
      ENDED.has(run.status) ? null : h('button', { type: 'button', class: 'danger', 'data-key': 'cancel', disabled: off, title: off ? whyNot() : null, onclick: cancel }, 'Cancel')),
  ];
}

function reason({ kind, title, lines, stack }) {
  return notice(kind, title, lines.filter(Boolean).map((line) => h('p', null, line)),
    stack ? h('details', { 'data-key': 'stack' }, h('summary', null, 'Stack'), h('pre', { tabindex: '0' }, stack)) : null);
}

function outcome(run) {
  if (run.outcome?.status !== 'COMPLETED') {
    return [];
  }
  return h('section', { class: 'card result' }, h('div', { class: 'row' }, h('h2', null, 'Result'), h('span', { class: 'chip good' }, run.outcome.type)),
    fieldsView(run.outcome.result));
}

function contextOf(run, history) {
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
        h('tbody', null, open.slice(0, 100).map((one) => h('tr', null, h('th', { scope: 'row' }, one.step), h('td', null, one.eventType), h('td', null, one.phase.toLowerCase(), one.attempt > 1 ? `, attempt ${one.attempt}` : ''),
          h('td', { class: 'number' }, duration(Date.now() - Date.parse(one.since)))))))),
    run.buffers.length === 0 ? null : [h('h3', null, 'Collecting'), h('ul', null, run.buffers.map((buffer) => h('li', null, `${buffer.step}: holds ${list(buffer.holds)}${Object.keys(buffer.lacks).length > 0 ? `, lacks ${list(buffer.lacks)}` : ''}`)))],
  ];
}

function list(map) {
  return Object.entries(map).map(([type, n]) => `${n} ${type}`).join(', ') || 'nothing';
}
