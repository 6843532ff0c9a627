// One run: where it stands, what happened, its stream, its questions.

import { get, post, postAgain, Problem } from './api.js';
import { ask, confirm } from './dialog.js';
import { announce, h, refill } from './dom.js';
import { explain } from './explain.js';
import { poll, watch } from './looks.js';
import { crumbs, loading, problemBox, statusWord, workflowLink } from './parts.js';
import { promptsView } from './prompts.js';
import { contextOf, hasEnded, header, outcome, reason } from './runview.js';
import { streamView } from './streamview.js';
import { tail } from './tail.js';
import { log, timeline } from './timeline.js';

export async function runPage({ main, signal, args: [runId], title }) {
  title(runId, 'Run');
  const path = `/api/runs/${encodeURIComponent(runId)}`;
  let run = await get(path, {}, signal).catch((error) => { throw gone(runId, error); });
  const workflow = await get(`/api/workflows/${encodeURIComponent(run.workflow)}`, {}, signal).catch(() => null);
  let history = null;
  let acting = 'no'; // then 'asking', then 'asked' until it shows

  const head = h('div', { class: 'head' });
  const trouble = h('div');
  const refused = h('div');
  const reasons = h('div');
  const chart = h('div');
  const happened = h('div');
  const context = h('div');
  const result = h('div');
  const asked = new Map();
  const opened = new Set();
  const stream = streamView();
  const prompts = promptsView(runId, workflow, () => looks.soon());
  main.replaceChildren(
    crumbs(['Runs', '#/runs'], [run.workflow, workflowLink(run.workflow)], [runId]),
    head, trouble, refused, reasons, prompts.element, result,
    h('div', { class: 'two' },
      h('div', { class: 'stack' },
        h('section', { class: 'card', 'aria-label': 'Timeline' }, h('h2', null, 'Timeline'), chart),
        h('div', { class: 'pair' },
          h('section', { class: 'card' }, h('h2', null, 'What happened'), happened),
          h('section', { class: 'card' }, h('h2', null, 'Context'), context))),
      stream.element));

  function draw() {
    refill(head, header(run, { busy: acting !== 'no', cancel, redrive }));
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

  // Each look is a record on the run log, and a history reads from it: what the stream tells says when to look.
  let told = 0; // how often the stream has told of something that is in the history
  let known = -1; // how much of that the history on the page has
  async function look() {
    const wasAsked = acting === 'asked';
    const toldBefore = told;
    const now = await get(path, {}, signal);
    const moved = toldBefore !== known || JSON.stringify(now) !== JSON.stringify(run);
    if (moved) {
      history = await get(`${path}/history`, {}, signal);
      known = toldBefore;
    }
    const before = run;
    run = now;
    acting = wasAsked ? 'no' : acting;
    if (moved || wasAsked) {
      draw();
    }
    if (run.status !== before.status) {
      announce(`The run is ${statusWord(run.status)}`);
      title(runId, statusWord(run.status));
    }
    follow();
    return hasEnded(run) ? 'over' : moved ? 'moved' : 'still';
  }

  let following = false;
  let epochOver = 0; // the stream has told all that it has of it
  let last;
  const tellers = new Set();
  async function follow() {
    if (following || epochOver >= run.epoch) {
      return;
    }
    following = true;
    const epoch = run.epoch;
    try {
      await tail(runId, {
        after: last?.id, signal,
        on: {
          state: (state) => {
            if (state === 'live' && stream.state(state) === 'broken') {
              looks.soon(); // it may have moved meanwhile
            } else {
              stream.state(state);
            }
          },
          record: hear,
          problem: ({ title, detail }) => stream.note(`${title}: ${detail}`),
        },
      });
      if (!signal.aborted) {
        stream.state('over');
        epochOver = Math.max(epoch, last?.kind === 'TERMINAL' ? last.event.epoch : 0);
        told++;
        looks.soon();
      }
    } catch (error) {
      epochOver = epoch;
      stream.state('over');
      stream.note(error instanceof Problem ? error.message : `The console has a fault: ${error}`);
      if (!(error instanceof Problem)) {
        throw error;
      }
    } finally {
      following = false;
    }
  }

  function hear(record) {
    last = record;
    if (record.kind === 'PROMPT' && record.eventId) {
      asked.set(record.eventId, record.event);
      prompts.show(run, asked);
    }
    stream.add(record);
    // More of what one execution writes does not move the run.
    if (record.kind !== 'EVENT' || !tellers.has(record.executionId)) {
      tellers.add(record.executionId);
      told++;
      looks.soon(900);
    }
  }

  /** What was written may be past its retention. */
  function deleted() {
    const written = (history?.executions ?? []).flatMap((one) => one.attempts).reduce((sum, attempt) => sum + attempt.streamed, 0);
    if (epochOver >= run.epoch && stream.total <= 1 && written > 0) {
      stream.say(`${written === 1 ? 'One event was streamed and is' : `${written.toLocaleString()} events were streamed and are`} deleted: a stream is kept for a while after the end of its run (millrace.stream.retention.ms). What happened is still in the timeline.`);
    }
  }

  async function cancel() {
    const why = await ask('Cancel this run?', 'Steps that are at work are interrupted, and what they do from now on has no effect. This cannot be undone.', { label: 'Reason (optional)', action: 'Cancel the run', back: 'Keep it' });
    if (why !== null) {
      await act(() => postAgain(`${path}/cancel`, why ? { reason: why } : {}));
    }
  }

  async function redrive() {
    if (await confirm('Redrive this run?', 'It goes on where it failed, in a new epoch: what failed is sent to its steps again, with a fresh budget of attempts. Do it when the cause is repaired.', { action: 'Redrive the run', back: 'Not yet' })) {
      await act(() => post(`${path}/redrive`, {}));
    }
  }

  async function act(call) {
    acting = 'asking';
    draw();
    try {
      await call();
      acting = 'asked';
      refill(refused);
    } catch (error) {
      acting = 'no';
      refill(refused, problemBox(error));
      draw();
    }
    looks.soon();
  }

  draw();
  const looks = watch(look, { least: 2_500, most: 20_000, signal, failed: (problem) => refill(trouble, problem ? problemBox(problem) : []) });
  follow();
  // How long it has been so grows also while nothing is asked.
  poll(() => hasEnded(run) || draw(), 2_500, signal, () => {});
}

function gone(runId, error) {
  if (error.status !== 404) {
    return error;
  }
  return new Problem(404, {
    title: `Run ${runId} is not known`,
    detail: 'Nobody has started it on this namespace, or it ended so long ago that it is forgotten (millrace.run.retention.ms). Runs that were just started appear at once.',
  });
}
