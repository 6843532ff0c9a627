// Who is at the console: a token for this tab only, and what the API says of it.

const TOKEN = 'millrace.token';
let kept = null;

export const session = {
  /** Name and role, once the API has told. */
  caller: null,

  get token() {
    try {
      return sessionStorage.getItem(TOKEN);
    } catch {
      return kept;
    }
  },

  signIn(token) {
    kept = token;
    try {
      sessionStorage.setItem(TOKEN, token);
    } catch {
      // Kept until the page is left.
    }
  },

  signOut() {
    kept = null;
    this.caller = null;
    try {
      sessionStorage.removeItem(TOKEN);
    } catch {
      // Nothing was kept.
    }
  },

  get mayOperate() {
    return this.caller?.role === 'OPERATE';
  },
};

/** Why a button does nothing for this caller. */
export function whyNot() {
  return `${session.caller?.name ?? 'You'} may look, not steer: this needs a token with the role “operate”.`;
}
