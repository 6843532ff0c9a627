// Not a module: it must have run before anything is drawn.
(() => {
  try {
    const chosen = localStorage.getItem('millrace.theme');
    if (chosen === 'light' || chosen === 'dark') {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // A browser that keeps nothing: what the system prefers holds.
  }
})();
