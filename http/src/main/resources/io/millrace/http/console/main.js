// The frame around every page, and which page an address means.

import { get, Problem, sleep } from './api.js';
import { h, announce } from './dom.js';
import { problemBox, loading } from './parts.js';
import { session } from './session.js';
import { themeSwitch } from './themeswitch.js';
import { signInPage } from './signin.js';
import { workflowsPage } from './workflows.js';
import { workflowPage } from './workflow.js';
import { startPage } from './start.js';
import { runsPage } from './runs.js';
import { runPage } from './run.js';
import { deadLettersPage } from './deadletters.js';

// Pattern of the address, page, its place in the menu.
const PAGES = [
  [/^\/?$/, workflowsPage, 'workflows'],
  [/^\/workflows$/, workflowsPage, 'workflows'],
  [/^\/workflows\/([^/]+)$/, workflowPage, 'workflows'],
  [/^\/workflows\/([^/]+)\/start$/, startPage, 'workflows'],
  [/^\/runs$/, runsPage, 'runs'],
  [/^\/runs\/([^/]+)$/, runPage, 'runs'],
  [/^\/dead-letters$/, deadLettersPage, 'dead-letters'],
];

const MENU = [['workflows', 'Workflows', 'w'], ['runs', 'Runs', 'r'], ['dead-letters', 'Dead letters', 'd']];

const main = h('main', { id: 'main', tabindex: '-1' });
const who = h('div', { class: 'who' });
const menu = h('ul', null, MENU.map(([place, title, key]) =>
  h('li', null, h('a', { href: `#/${place}`, 'data-place': place, title: `${title} (g, then ${key})` }, title))));

document.body.append(
  h('button', { class: 'skip', type: 'button', onclick: () => main.focus() }, 'Skip to the content'),
  h('header', { class: 'top' },
    h('a', { class: 'brand', href: '#/workflows' },
      h('img', { src: 'console/mark.svg', alt: '', width: '26', height: '26' }), 'Millrace'),
    h('nav', { 'aria-label': 'Main' }, menu),
    h('div', { class: 'tools' }, who, themeSwitch())),
  main,
  h('div', { id: 'announcements', class: 'unseen', role: 'status', 'aria-live': 'polite' }));

let current = new AbortController();

function address() {
  const [path, query] = location.hash.replace(/^#/, '').split('?', 2);
  return { path, query: new URLSearchParams(query ?? '') };
}

async function show() {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const { path, query } = address();
  const [pattern, page, place] = PAGES.find(([form]) => form.test(path)) ?? [];
  menu.querySelectorAll('a').forEach((link) => {
    if (link.dataset.place === place) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  });
  main.replaceChildren(loading('Loading'));
  try {
    if (!session.caller) {
      session.caller = await get('/api/caller', {}, signal);
      drawWho();
    }
    if (!page) {
      throw new Problem(404, { title: 'There is no such page', detail: `The console has no page at #${path}.` });
    }
    const args = pattern.exec(path).slice(1).map(decodeURIComponent);
    await page({ main, signal, query, args, title });
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    if (error.status === 401) {
      signIn(error);
      return;
    }
    if (error.status === 0) {
      sleep(3_000, signal).then(() => signal.aborted || show());
    }
    title(error.title ?? 'Error');
    main.replaceChildren(problemBox(error instanceof Problem ? error : { title: 'The console has a fault', message: String(error) },
      h('p', null, h('a', { href: '#/workflows' }, 'All workflows'), ' · ', h('a', { href: '#/runs' }, 'All runs'))));
    if (!(error instanceof Problem)) {
      throw error;
    }
  }
}

function title(...parts) {
  document.title = [...parts, 'Millrace'].join(' · ');
  announce(parts.join(', '));
}

function signIn(problem) {
  current.abort();
  const tried = session.token;
  session.signOut();
  drawWho();
  title('Sign in');
  signInPage(main, tried ? problem : null, () => show());
}

function drawWho() {
  const { caller } = session;
  who.replaceChildren(...(!caller ? [] : [
    h('span', { class: 'quiet', title: caller.role === 'OPERATE' ? 'May look and steer' : 'May look, not steer' },
      `${caller.name} · ${caller.role.toLowerCase()}`),
    session.token ? h('button', { type: 'button', class: 'ghost small', onclick: () => { session.signOut(); show(); } }, 'Sign out') : null,
  ].filter(Boolean)));
}

// g, then the letter of a page; / for the filter of a page that has one.
let afterG = -Infinity;
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    return;
  }
  const place = event.timeStamp - afterG < 1_000 ? MENU.find(([, , key]) => key === event.key)?.[0] : undefined;
  afterG = event.key === 'g' ? event.timeStamp : -Infinity;
  const filter = event.key === '/' ? main.querySelector('[data-filter]') : null;
  if (place) {
    location.hash = `#/${place}`;
  } else if (filter) {
    event.preventDefault();
    filter.focus();
  }
});

document.addEventListener('millrace:unauthenticated', (event) => {
  if (session.caller) {
    signIn(event.detail);
  }
});
window.addEventListener('hashchange', () => show().then(() => { main.focus({ preventScroll: true }); window.scrollTo(0, 0); }));
window.dispatchEvent(new Event('millrace:up'));
show();
