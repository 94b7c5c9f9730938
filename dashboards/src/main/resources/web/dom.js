/** The element with that id; the page is wrong where there is none. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element #${id}`);
  return found;
}

/**
 * A new element. Properties are set as properties (`className`, `textContent`), `data` as data
 * attributes; children are elements or texts.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  const { data, ...others } = properties;
  Object.assign(made, others);
  if (data) Object.assign(made.dataset, data);
  made.append(...children);
  return made;
}

/** Sets a text only where it differs, so that nothing is laid out or read aloud anew for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Keeps a canvas as large in device pixels as it is on the screen, and draws it again after each
 * change.
 *
 * @param {HTMLCanvasElement} canvas its size on the page comes from the style sheet
 * @param {(width: number, height: number, pixelRatio: number) => void} resized sizes in CSS pixels
 */
export function fitCanvas(canvas, resized) {
  const fit = () => {
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0 || height === 0) return;
    const pixelRatio = window.devicePixelRatio || 1;
    const deviceWidth = Math.round(width * pixelRatio);
    const deviceHeight = Math.round(height * pixelRatio);
    if (canvas.width !== deviceWidth || canvas.height !== deviceHeight) {
      canvas.width = deviceWidth;
      canvas.height = deviceHeight;
    }
    resized(width, height, pixelRatio);
  };
  new ResizeObserver(fit).observe(canvas);
  window.addEventListener('resize', fit);
  fit();
}
