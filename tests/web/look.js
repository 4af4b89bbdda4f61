// Returns what is wrong with a page: too wide, controls without a name or out of reach of the
// keyboard, letters that hardly stand out from what is behind them, at rest and under the pointer.
() => {
  const wrong = [];
  const told = (element) => element.outerHTML.slice(0, 80);
  const wide = document.documentElement.scrollWidth;
  if (wide > window.innerWidth) wrong.push(`${wide} wide`);
  for (const table of document.querySelectorAll(".wide-table")) {
    if (table.scrollWidth > table.clientWidth + 1) wrong.push(`cut off: ${told(table.parentElement)}`);
  }

  // The words in a field are not its name: a label or aria-label is.
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const control of document.querySelectorAll(controls)) {
    const labels = Array.from(control.labels || []).map((label) => {
      const copy = label.cloneNode(true);
      copy.querySelectorAll("input, select, textarea").forEach((field) => field.remove());
      return copy.textContent;
    });
    const field = control.matches("input, select, textarea");
    const own = control.getAttribute("aria-label") || (field ? "" : control.textContent);
    if (!(own.trim() || labels.join("").trim())) wrong.push(`no name: ${told(control)}`);
    if (control.tabIndex < 0) wrong.push(`out of reach: ${told(control)}`);
  }

  const parts = (colour) => {
    const numbers = (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const over = (front, alpha, back) => front.map((part, n) => part * alpha + back[n] * (1 - alpha));
  const light = (rgb) => rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
  const chain = (element) => {
    const found = [];
    for (let at = element; at; at = at.parentElement) found.unshift(at);
    return found;
  };
  const behind = (element) => chain(element).reduce((back, at) => {
    const { rgb, alpha } = parts(getComputedStyle(at).backgroundColor);
    return over(rgb, alpha, back);
  }, [255, 255, 255]);
  const ratio = (element) => {
    const back = behind(element);
    const { rgb, alpha } = parts(getComputedStyle(element).color);
    const faint = chain(element).reduce((all, at) => all * Number(getComputedStyle(at).opacity), 1);
    const [dark, bright] = [light(over(rgb, alpha * faint, back)), light(back)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const written = (element) => Array.from(element.childNodes).some(
    (node) => node.nodeType === 3 && node.data.trim(),
  ) || element.matches("input:not([type=checkbox]), select");
  const readable = (element, how) => {
    if (!written(element) || !element.checkVisibility() || element.closest(".skip, .unseen, svg")) return;
    const found = ratio(element);
    if (found < 4.5) wrong.push(`${found.toFixed(1)}:1 ${how} ${told(element)}`);
  };
  document.querySelectorAll("body *").forEach((element) => readable(element, "at rest"));
  // The rules again, with a class for the pointer: of the same weight, and it can be put on.
  const rules = Array.from(document.styleSheets).flatMap((sheet) => Array.from(sheet.cssRules));
  const again = new CSSStyleSheet();
  again.replaceSync(rules.map((rule) => rule.cssText).join("\n").replaceAll(":hover", ".pointed"));
  document.adoptedStyleSheets = [again];
  for (const rule of rules.filter((one) => (one.selectorText || "").includes(":hover"))) {
    for (const element of document.querySelectorAll(rule.selectorText.replaceAll(":hover", ""))) {
      element.classList.add("pointed");
      readable(element, "under the pointer");
      element.classList.remove("pointed");
    }
  }
  document.adoptedStyleSheets = [];
  return wrong;
}
