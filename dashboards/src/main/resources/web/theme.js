import { byId, setText } from './dom.js';
import { readTheme } from './palette.js';

const KEY = 'digitstream-theme';

/**
 * Dark or light: as the system has it, until a person chooses with the button; the choice is kept.
 *
 * @param changed called after the colours changed
 */
export function startTheme(changed) {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const button = byId('theme');
  let chosen = stored();

  const apply = () => {
    if (chosen) document.documentElement.dataset.theme = chosen;
    const dark = chosen ? chosen === 'dark' : system.matches;
    setText(button, dark ? 'Light' : 'Dark');
    button.setAttribute('aria-label', dark ? 'Light colours' : 'Dark colours');
    readTheme();
    changed();
  };
  button.addEventListener('click', () => {
    const dark = chosen ? chosen === 'dark' : system.matches;
    chosen = dark ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // Without storage the choice holds as long as the page.
    }
    apply();
  });
  system.addEventListener('change', apply);
  apply();
}

function stored() {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'dark' || value === 'light' ? value : null;
  } catch {
    return null;
  }
}
