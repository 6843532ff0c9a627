// A run's stream while it happens. Pieces of text that one execution writes one after the other are shown as one text.

import { h } from './dom.js';
import { exact, plain } from './format.js';
import { jsonView, onlyText, summary } from './json.js';
import { statusWord } from './parts.js';

/** More are kept out of the page, not out of the count. */
const MOST_SHOWN = 1_000;

export function streamView() {
  const list = h('ol', { class: 'stream', tabindex: '0', 'aria-label': 'Records of the stream' });
  const number = h('span', { class: 'quiet' });
  const light = h('span', { class: 'light' });
  const element = h('section', { class: 'card streaming', 'aria-label': 'Stream' },
    h('div', { class: 'row' }, h('h2', null, 'Stream'), number, light), list);
  let total = 0;
  let waiting = [];
  let text = null;

  function add(record) {
    total++;
    waiting.push(record);
    if (waiting.length === 1) {
      requestAnimationFrame(flush);
    }
  }

  function flush() {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    for (const record of waiting) {
      place(record);
    }
    waiting = [];
    while (list.childElementCount > MOST_SHOWN) {
      list.firstElementChild.remove();
    }
    number.textContent = total > MOST_SHOWN ? `the newest of ${total.toLocaleString()}` : `${total.toLocaleString()}`;
    if (atEnd) {
      list.scrollTop = list.scrollHeight;
    }
  }

  function place(record) {
    if (record.kind === 'ATTEMPT_RESTARTED') {
      list.querySelectorAll(`[data-execution="${CSS.escape(record.executionId ?? '')}"]`).forEach((item) => item.classList.add('superseded'));
    }
    const piece = record.kind === 'EVENT' ? onlyText(record.event) : undefined;
    const goesOn = piece !== undefined && text?.type === record.type && text.execution === record.executionId && text.attempt === record.attempt;
    if (goesOn) {
      text.node.append(piece);
      text.count++;
      text.badge.textContent = `× ${text.count}`;
      return;
    }
    const badge = h('span', { class: 'quiet' });
    const node = h('p', { class: 'text' }, piece ?? '');
    text = piece === undefined ? null : { type: record.type, execution: record.executionId, attempt: record.attempt, node, badge, count: 1 };
    list.append(h('li', { class: `${record.kind.toLowerCase().replace('_', '-')} ${record.kind === 'TERMINAL' ? `end-${record.event.status.toLowerCase()}` : ''}`, 'data-execution': record.executionId },
      h('div', { class: 'row' }, h('b', null, titleOf(record)), badge,
        h('span', { class: 'quiet' }, [record.step, record.attempt > 1 ? `attempt ${record.attempt}` : null].filter(Boolean).join(', ')),
        h('time', { class: 'quiet', datetime: record.timestamp }, exact(record.timestamp))),
      piece === undefined ? body(record) : node));
  }

  /** live: connected; broken, paused: comes back; over: nothing more comes. Returns what it was before. */
  let before;
  function state(now) {
    const was = before;
    before = now;
    light.className = `light ${now}`;
    light.textContent = { live: 'live', broken: 'connection lost, coming back', paused: 'paused, nobody looks', over: 'over' }[now];
    return was;
  }

  return {
    element, add, state,
    get total() { return total; },
    /** Something to say where there are no records. */
    say: (...what) => { list.replaceChildren(h('li', { class: 'note quiet' }, what)); text = null; },
    /** Something to say after them, once. */
    note: (...what) => {
      const item = h('li', { class: 'note quiet' }, what);
      if (list.lastElementChild?.textContent !== item.textContent) {
        list.append(item);
        text = null;
      }
    },
  };
}

/** How the run ended: its result, or why it has none. */
function ending({ status, result, reason, failure }) {
  return [statusWord(status), result ? summary(result) : failure ? `${failure.step}: ${failure.message}` : reason && plain(reason)].filter(Boolean).join(' · ');
}

function titleOf(record) {
  return record.kind === 'ATTEMPT_RESTARTED' ? 'begins anew' : record.type;
}

function body(record) {
  if (record.kind === 'ATTEMPT_RESTARTED') {
    return h('p', { class: 'quiet' }, 'What this execution has shown so far is superseded.');
  }
  if (record.kind === 'INTERNAL') {
    return h('p', { class: 'quiet' }, record.event?.message || summary(record.event));
  }
  const terminal = record.kind === 'TERMINAL';
  const line = terminal ? ending(record.event) : summary(record.event);
  return h('details', null, h('summary', null, line || 'no fields'), jsonView(record.event, `Event ${record.type}`));
}
