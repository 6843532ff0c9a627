// Why a run stands where it stands, and what would make it go on.

import { article, count, duration, plain, simpleName } from './format.js';

/** Longer than this nothing should be sent out without a worker taking it. */
const SOON = 5_000;

/** Sentences, the most important first; each `{ kind, title, lines }`. */
export function explain(run, now = Date.now()) {
  return run.outcome ? ended(run) : open(run, now);
}

function ended({ outcome, executions, truncated }) {
  const { status, failure, buffers = [], activeSteps = [] } = outcome;
  const reason = status === 'CANCELLED' ? outcome.reason : sentence(outcome.reason);
  if (status === 'STALLED') {
    return [{
      kind: 'warn', title: 'Stalled: nothing was left that could go on, and no stop event had come',
      lines: [...(buffers.length > 0
        ? [...buffers.map(bufferText), 'What is lacking was never emitted: a branch may have ended without an event, or a step expects more than others send.']
        : [reason, 'Every branch ended without an event that leads on. Look at the last completed execution below: what it emitted, nobody took.'])],
    }];
  }
  if (status === 'FAILED') {
    const frozen = executions.filter((one) => one.phase === 'FROZEN').length;
    return [{
      kind: 'bad', title: failure?.step ? `Step ${failure.step} failed ${failure.attempts === 1 ? 'once' : `in ${failure.attempts} attempts`}, and no handler took it` : 'Failed',
      lines: [failure ? `${simpleName(failure.type)}: ${failure.message}` : reason,
        frozen > 0 ? `${truncated ? 'At least ' : ''}${count(frozen, 'execution is', 'executions are')} kept: repair the cause, then redrive the run, and it goes on there.` : 'Nothing is left to redrive.'],
      stack: failure?.stack,
    }];
  }
  if (status === 'TIMED_OUT') {
    return [{ kind: 'warn', title: 'Timed out: the run took longer than it was given', lines: [reason, activeSteps.length > 0 ? `At work then: ${activeSteps.join(', ')}.` : ''] }];
  }
  if (status === 'CANCELLED') {
    return [{ kind: 'info', title: 'Cancelled', lines: [reason] }];
  }
  return [];
}

function open(run, now) {
  const found = [];
  const age = (one) => now - Date.parse(one.since);
  const inPhase = (phase) => run.executions.filter((one) => one.phase === phase);
  const unclaimed = by(inPhase('DISPATCHED').filter((one) => age(one) > SOON), (one) => one.step);
  for (const [step, list] of unclaimed) {
    found.push({
      kind: 'warn', title: `No worker of step ${step} has taken ${list.length === 1 ? 'its event' : count(list.length, 'event')} for ${duration(Math.max(...list.map(age)))}`,
      lines: [`Is a process with step ${step} running, and is it on this cluster and namespace? It may also be busy with other runs. Nothing is lost meanwhile.`],
    });
  }
  for (const [step, list] of by(inPhase('RETRYING'), (one) => one.step)) {
    found.push({
      kind: 'info', title: list.length === 1 ? `Step ${step} failed and waits for attempt ${list[0].attempt}` : `${count(list.length, 'execution')} of step ${step} failed and wait for their next attempt`,
      lines: ['What happened, below, says when that is.'],
    });
  }
  for (const [step, list] of by(inPhase('QUEUED'), (one) => one.step)) {
    found.push({
      kind: 'info', title: `${run.truncated ? 'At least ' : ''}${count(list.length, 'event waits for its turn', 'events wait for their turn')} at step ${step}`,
      lines: [`One run may have so many executions of the step out at once, and no more (maxOpenPerRun); each that ends lets the next one out.`],
    });
  }
  for (const [step, list] of by(inPhase('CONTENDING'), (one) => one.step)) {
    found.push({
      kind: 'info', title: `Step ${step} is invoked again: another step has changed the state that it updates`,
      lines: [`${count(list.length, 'execution stands', 'executions stand')} in the run's line for updates, and one at a time has its turn, with the state as it then is.`],
    });
  }
  if (run.parked.length > 0) {
    found.push({
      kind: 'warn', title: `No step accepts ${[...new Set(run.parked)].join(', ')} yet`,
      lines: ['The event is kept. Start the step that accepts it; if none comes in time, the run ends as stalled.'],
    });
  }
  for (const waiter of run.waiters) {
    found.push({ kind: 'info', title: `Step ${waiter.step} waits for ${article(waiter.eventType)} ${waiter.eventType}, for ${duration(age(waiter))} now`, lines: ['It has given its worker free; nothing runs meanwhile.'] });
  }
  if (run.status === 'WAITING' && run.prompts.length === 0 && run.waiters.length === 0) {
    found.push({ kind: 'info', title: 'Nothing is under way; the run waits for an event from outside', lines: [...run.buffers.map(bufferText)] });
  } else if (run.buffers.length > 0 && run.executions.length === 0) {
    found.push({ kind: 'info', title: 'Collected events wait for the rest of their set', lines: run.buffers.map(bufferText) });
  }
  return found;
}

/** A reason of the coordinator's; a person's is left as it was written. */
function sentence(text) {
  const told = plain(text ?? '');
  return told && `${told[0].toUpperCase()}${told.slice(1)}${told.endsWith('.') ? '' : '.'}`;
}

function bufferText(buffer) {
  const list = (map) => Object.entries(map).map(([type, n]) => `${n} ${type}`).join(', ');
  return `Step ${buffer.step} holds ${list(buffer.holds) || 'nothing'}${Object.keys(buffer.lacks).length > 0 ? ` and lacks ${list(buffer.lacks)}` : ''}.`;
}

function by(items, key) {
  const groups = new Map();
  items.forEach((item) => groups.set(key(item), [...(groups.get(key(item)) ?? []), item]));
  return groups;
}
