// What a machine can check of WCAG 2.1 AA on the page that is open. Returns faults, each "rule: what"; what it cannot judge is one.
// Runs from outside the page (the page's own scripts may be off) and changes nothing.
() => {
  const faults = [];
  const fault = (rule, element, detail) => faults.push(`${rule}: ${name(element)}${detail ? ` ${detail}` : ""}`);
  const name = element => `<${element.localName}${element.id ? ` #${element.id}` : ""}${element.getAttribute("class") ? ` .${element.getAttribute("class")}` : ""}> ${(element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 24)}`;
  const all = [...document.querySelectorAll("body *")];
  const seen = element => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.width > 1 && box.height > 1;
  };

  // ------------------------------------------------------------------ color
  const color = text => {
    const found = /^rgba?\((\d+(?:\.\d+)?), (\d+(?:\.\d+)?), (\d+(?:\.\d+)?)(?:, ([\d.]+))?\)$/.exec(text);
    return found ? {rgb: found.slice(1, 4).map(Number), alpha: found[4] === undefined ? 1 : Number(found[4])} : null;
  };
  const over = (front, back) => front.rgb.map((each, at) => each * front.alpha + back[at] * (1 - front.alpha));
  const luminance = rgb => {
    const [r, g, b] = rgb.map(each => each / 255).map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  // What lies behind an element's text, and how much of the text shows. Null: a picture or an unknown color.
  const ground = element => {
    const layers = [];
    let shown = 1;
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none" || style.filter !== "none" || style.mixBlendMode !== "normal") return null;
      shown *= Number(style.opacity);
      const layer = color(style.backgroundColor);
      if (!layer) return null;
      layers.push(layer);
      if (layer.alpha === 1) break;
    }
    return {rgb: layers.reverse().reduce((back, layer) => over(layer, back), [255, 255, 255]), shown};
  };
  const contrast = (element, style, what) => {
    const back = ground(element), front = color(style.color);
    if (!back || !front) return fault("contrast unknown", element, what);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = ratio(over({rgb: front.rgb, alpha: front.alpha * back.shown}, back.rgb), back.rgb);
    if (found < (large ? 3 : 4.5)) fault("contrast", element, `${found.toFixed(2)} of ${large ? 3 : 4.5}${what || ""}`);
  };
  const off = element => element.closest(":disabled, [aria-disabled=true]");
  const words = all.filter(
    element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && !["script", "style", "option", "title", "desc"].includes(element.localName)
  );
  for (const element of words) if (seen(element) && !off(element) && !element.closest("svg")) contrast(element, getComputedStyle(element));
  const inputs = all.filter(element => element.matches("input:not([type=hidden]), select, textarea"));
  for (const input of inputs.filter(element => seen(element) && !off(element))) {
    contrast(input, getComputedStyle(input), " (its value)");
    if (input.placeholder) contrast(input, getComputedStyle(input, "::placeholder"), " (its placeholder)");
    if (["checkbox", "radio", "range", "file"].includes(input.type)) continue;
    const style = getComputedStyle(input), edge = color(style.borderBottomColor), around = ground(input.parentElement);
    const drawn = style.borderBottomStyle !== "none" && parseFloat(style.borderBottomWidth) > 0 && edge && around;
    if (!drawn || ratio(over(edge, around.rgb), around.rgb) < 3) fault("edge contrast", input);
  }

  // -------------------------------------------------------------- structure
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(document.documentElement.lang)) faults.push("lang: none");
  if (!document.title.trim()) faults.push("title: none");
  const viewport = document.querySelector("meta[name=viewport]");
  if (viewport && /user-scalable\s*=\s*(no|0)|maximum-scale/.test(viewport.content)) faults.push("zoom: forbidden");
  const headings = all.filter(element => /^h[1-6]$/.test(element.localName) && element.checkVisibility());
  if (headings.filter(element => element.localName === "h1").length !== 1) faults.push(`h1: ${headings.filter(element => element.localName === "h1").length}`);
  headings.forEach((element, at) => {
    const level = Number(element.localName[1]);
    if (level > (at ? Number(headings[at - 1].localName[1]) : 0) + 1) fault("heading order", element);
    if (!element.textContent.trim()) fault("heading empty", element);
  });
  if (document.querySelectorAll("main").length !== 1) faults.push(`main: ${document.querySelectorAll("main").length}`);
  const navs = [...document.querySelectorAll("nav")].map(element => element.getAttribute("aria-label") || "");
  if (navs.includes("") || new Set(navs).size !== navs.length) faults.push(`nav names: ${navs}`);
  const ids = all.map(element => element.id).filter(Boolean);
  for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at))) faults.push(`id twice: ${id}`);
  for (const element of all) for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
    for (const id of (element.getAttribute(attribute) || "").split(/\s+/).filter(Boolean)) if (!document.getElementById(id)) fault("leads nowhere", element, attribute);
  }
  for (const link of all.filter(element => /^#./.test(element.getAttribute("href") || ""))) if (!document.getElementById(link.getAttribute("href").slice(1))) fault("leads nowhere", link);
  for (const table of all.filter(element => element.localName === "table" && seen(element))) if (!table.querySelector("th")) fault("table without headings", table);
  for (const list of all.filter(element => /^[uo]l$/.test(element.localName))) {
    if ([...list.children].some(child => !["li", "script", "template"].includes(child.localName))) fault("list", list);
  }

  // ------------------------------------------------------------------ names
  const said = element => {
    if (element.getAttribute("aria-label")) return element.getAttribute("aria-label").trim();
    if (element.getAttribute("aria-labelledby")) return element.getAttribute("aria-labelledby").split(/\s+/).map(id => document.getElementById(id)?.textContent || "").join("").trim();
    const own = [...element.childNodes].map(node => node.nodeType === 3 ? node.data : node.nodeType !== 1 || node.getAttribute("aria-hidden") === "true" ? "" : node.localName === "img" ? node.alt : said(node));
    return own.join("").trim() || element.getAttribute("title") || "";
  };
  for (const image of all.filter(element => element.localName === "img")) if (!image.hasAttribute("alt")) fault("alt", image);
  for (const drawing of all.filter(element => element.localName === "svg" && seen(element))) {
    if (!drawing.closest("[aria-hidden=true]") && !(drawing.getAttribute("role") === "img" && said(drawing))) fault("alt", drawing);
  }
  for (const frame of all.filter(element => element.localName === "iframe")) if (!frame.title) fault("frame title", frame);
  for (const element of all.filter(each => each.matches("a[href], button, summary"))) if (!said(element)) fault("name", element);
  for (const input of inputs) {
    if (["submit", "button", "reset", "image"].includes(input.type) ? !(input.value || input.alt) : !([...(input.labels || [])].some(said) || input.getAttribute("aria-label") || said({getAttribute: which => which === "aria-labelledby" ? input.getAttribute(which) : null, childNodes: []}))) fault("label", input);
  }
  for (const set of all.filter(element => element.localName === "fieldset")) if (!set.querySelector("legend")?.textContent.trim() && !set.getAttribute("aria-label")) fault("legend", set);

  // ---------------------------------------------------------------- targets
  const inline = element => getComputedStyle(element).display === "inline" && [...element.parentElement.childNodes].some(node => node !== element && (node.textContent || "").trim());
  for (const element of all.filter(each => each.matches("a[href], button, summary, input:not([type=hidden]), select, textarea"))) {
    if (!seen(element) || inline(element) || element.matches(".skip")) continue;
    // A tick may be small where its label is pressed with it.
    const boxes = [element, ...(element.labels || [])].map(each => each.getBoundingClientRect());
    if (!boxes.some(box => box.width >= 23.99 && box.height >= 23.99)) fault("target", element, `${Math.round(boxes[0].width)}×${Math.round(boxes[0].height)}`);
  }
  // A link within a sentence is told apart by more than its color.
  for (const link of all.filter(element => element.localName === "a" && element.href && seen(element) && inline(element) && ["p", "li", "dd", "td"].includes(element.parentElement.localName))) {
    if (!getComputedStyle(link).textDecorationLine.includes("underline") && !getComputedStyle(link).borderBottomStyle.includes("solid")) fault("link by color alone", link);
  }
  return faults;
}
