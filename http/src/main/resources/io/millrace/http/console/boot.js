// Not a module: it must have run before anything is drawn, and before anything else can fail to load.
(() => {
  const TRIES = 'millrace.tries';
  const storage = (name) => {
    try {
      return window[name];
    } catch {
      return null; // A browser that keeps nothing: what the system prefers holds.
    }
  };

  const chosen = storage('localStorage')?.getItem('millrace.theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }

  // A browser gives up what it loads when a network comes or goes, though this one may be the machine itself.
  const kept = storage('sessionStorage');
  window.addEventListener('error', ({ target }) => {
    if (!(target instanceof HTMLScriptElement || target instanceof HTMLLinkElement)) {
      return;
    }
    const tries = Number(kept?.getItem(TRIES) ?? 3);
    if (tries < 3) {
      kept.setItem(TRIES, String(tries + 1));
      location.reload();
    } else {
      const text = document.createElement('p');
      text.setAttribute('role', 'alert');
      text.className = 'notice bad unloaded';
      text.textContent = `A part of the console could not be loaded (${target.src ?? target.href}). Reload the page.`;
      (document.body ?? document.documentElement).append(text);
    }
  }, true);
  kept?.setItem(TRIES, kept.getItem(TRIES) ?? '0');
  window.addEventListener('millrace:up', () => kept?.setItem(TRIES, '0'));
})();
