// Light, dark, or what the system prefers; kept for this browser.

import { h } from './dom.js';

const KEY = 'millrace.theme';
const CHOICES = [['system', 'Auto'], ['light', 'Light'], ['dark', 'Dark']];

export function themeSwitch() {
  const select = h('select', {
    id: 'theme', 'aria-label': 'Colours',
    onchange: () => choose(select.value),
  }, CHOICES.map(([value, text]) => h('option', { value }, text)));
  select.value = document.documentElement.dataset.theme ?? 'system';
  return select;
}

function choose(theme) {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  try {
    if (theme === 'system') {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, theme);
    }
  } catch {
    // It holds until the page is left.
  }
}
