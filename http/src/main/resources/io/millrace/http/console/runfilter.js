// Which runs are listed: by workflow, status and when they were started. The address holds it all.

import { h } from './dom.js';
import { runsLink, statusWord, STATUSES } from './parts.js';

const SINCE = { '15m': ['in the last 15 minutes', 900_000], '1h': ['in the last hour', 3_600_000], '24h': ['in the last 24 hours', 86_400_000], '7d': ['in the last 7 days', 604_800_000] };
const BETWEEN = 'between';

/** The filter of an address; what it does not name is ''. */
export function filterOf(query) {
  return Object.fromEntries(['workflow', 'status', 'since', 'startedFrom', 'startedBefore'].map((name) => [name, query.get(name) ?? '']));
}

/** The same as the API takes it. */
export function asked({ workflow, status, since, startedFrom, startedBefore }) {
  const [, millis] = SINCE[since] ?? [];
  return { workflow, status, startedFrom: millis ? new Date(Date.now() - millis).toISOString() : startedFrom, startedBefore };
}

export function isFiltered(filter) {
  return Object.values(filter).some(Boolean);
}

/** What the filter asks for, after "None". */
export function inWords({ workflow, status, since, startedFrom, startedBefore }) {
  const times = [SINCE[since]?.[0], startedFrom && `from ${new Date(startedFrom).toLocaleString()}`, startedBefore && `before ${new Date(startedBefore).toLocaleString()}`].filter(Boolean);
  return `${workflow ? ` of ${workflow}` : ''}${times.length > 0 ? ` that was started ${times.join(' and ')}` : ''}${status ? ` is ${status.split(',').map(statusWord).join(' or ')}` : ' is remembered'}`;
}

export function filters(filter, workflows) {
  const go = (change) => { location.hash = runsLink({ ...filter, ...change }); };
  const all = filter.workflow && !workflows.includes(filter.workflow) ? [...workflows, filter.workflow] : workflows;
  const select = h('select', { id: 'workflow-filter', onchange: () => go({ workflow: select.value }) },
    h('option', { value: '' }, 'All workflows'), all.map((name) => h('option', { value: name }, name)));
  select.value = filter.workflow;
  const chosen = new Set(filter.status.split(',').filter(Boolean));
  return h('div', { class: 'filters' },
    h('label', { for: 'workflow-filter' }, 'Workflow'), select,
    h('div', { class: 'segments', role: 'group', 'aria-label': 'Status' },
      h('a', { href: runsLink({ ...filter, status: '' }), 'aria-current': chosen.size === 0 ? 'true' : null }, 'any status'),
      STATUSES.map((status) => h('a', {
        href: runsLink({ ...filter, status: chosen.size === 1 && chosen.has(status) ? '' : status }),
        'aria-current': chosen.has(status) ? 'true' : null,
      }, statusWord(status)))),
    started(filter, go));
}

function started(filter, go) {
  const between = times(filter, go);
  const select = h('select', {
    id: 'started-filter',
    onchange: () => {
      between.hidden = select.value !== BETWEEN;
      if (between.hidden) {
        go({ since: select.value, startedFrom: '', startedBefore: '' });
      } else {
        between.querySelector('input').focus();
      }
    },
  }, h('option', { value: '' }, 'at any time'), Object.entries(SINCE).map(([value, [text]]) => h('option', { value }, text)), h('option', { value: BETWEEN }, 'between …'));
  select.value = filter.startedFrom || filter.startedBefore ? BETWEEN : filter.since;
  between.hidden = select.value !== BETWEEN;
  return [h('label', { for: 'started-filter' }, 'Started'), select, between];
}

/** Two times of this browser's clock. */
function times(filter, go) {
  const field = (name, label) => h('label', null, label, ' ', h('input', { type: 'datetime-local', name, step: '1', value: local(filter[name]) }));
  return h('form', {
    class: 'times',
    onsubmit: (event) => {
      event.preventDefault();
      const given = new FormData(event.target);
      const instant = (name) => (given.get(name) ? new Date(given.get(name)).toISOString() : '');
      go({ since: '', startedFrom: instant('startedFrom'), startedBefore: instant('startedBefore') });
    },
  }, field('startedFrom', 'from'), field('startedBefore', 'to'), h('button', null, 'Show'));
}

function local(instant) {
  const date = new Date(instant);
  return instant && !Number.isNaN(date.getTime()) ? new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19) : '';
}
