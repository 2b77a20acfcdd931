(() => {
const origin = new URL(document.currentScript.src).origin;
const sheet = new CSSStyleSheet();
sheet.replaceSync(":host { color-scheme: light dark; --paper: light-dark(oklch(1 0 0), oklch(0.235 0.014 195)); --ink: light-dark(oklch(0.25 0.02 200), oklch(0.94 0.01 95)); --soft: light-dark(oklch(0.46 0.02 200), oklch(0.74 0.015 190)); --line: light-dark(oklch(0.89 0.01 95), oklch(0.33 0.014 195)); --edge: light-dark(oklch(0.6 0.02 190), oklch(0.58 0.02 190)); --stone: light-dark(oklch(0.92 0.012 95), oklch(0.285 0.014 195)); --accent: light-dark(oklch(0.48 0.085 178), oklch(0.76 0.1 172)); --on-accent: light-dark(oklch(1 0 0), oklch(0.2 0.03 180)); font: 1rem/1.4 system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif; } :host([theme=\"light\"]) { color-scheme: light; } :host([theme=\"dark\"]) { color-scheme: dark; } * { box-sizing: border-box; margin: 0; } :host { display: block; } .frame[style] { --on-accent: color(from var(--accent) xyz calc(999 * (0.179 - y)) calc(999 * (0.179 - y)) calc(999 * (0.179 - y))); } .frame { color: var(--ink); container-type: inline-size; } main { overflow: hidden; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--paper); } a { color: inherit; text-decoration: none; } h1 a:hover { text-decoration: underline; } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; } .picture { display: block; aspect-ratio: 16 / 10; background: var(--stone); } img { display: block; width: 100%; height: 100%; object-fit: cover; } .text { display: grid; gap: 0.7em; padding: 1em 1.1em 1.1em; } h1 { font: 600 1.2em/1.2 Georgia, \"Times New Roman\", serif; text-wrap: balance; overflow-wrap: anywhere; } .by, .sum, dt { color: var(--soft); font-size: 0.8125em; } .by { overflow-wrap: anywhere; } .sum { font-size: 0.875em; } .sum b { color: var(--ink); font-size: 1.3em; font-variant-numeric: tabular-nums; } .bar { height: 0.55em; border-radius: 1em; background: var(--stone); overflow: hidden; } .bar i { display: block; height: 100%; border-radius: inherit; background: var(--accent); transition: width 400ms cubic-bezier(0.22, 0.8, 0.3, 1); } .bar[style] > svg { width: var(--w); } dl { display: flex; flex-wrap: wrap; gap: 0.3em 1.6em; } dd { font-weight: 600; font-variant-numeric: tabular-nums; } form { display: grid; gap: 0.5em; } label { display: grid; gap: 0.25em; color: var(--soft); font-size: 0.8125em; } select, input { width: 100%; min-height: 2.75rem; padding: 0 0.6em; border: 1px solid var(--edge); border-radius: 0.5rem; background: var(--paper); color: var(--ink); font: inherit; font-size: 1rem; text-overflow: ellipsis; } form:has(option[value]:not([value=\"\"]):checked) .amount { display: none; } .button { display: block; width: 100%; min-height: 2.75rem; padding: 0.6em 1em; border: 0; border-radius: 0.5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-align: center; cursor: pointer; } .button:hover { filter: brightness(1.08); } .line { display: grid; grid-template-columns: 1fr auto; gap: 0.4em 1em; padding: 0.8em 1em; align-items: baseline; } .line .bar { grid-column: 1 / -1; } .line h1 { font-size: 1em; } .bare { border: 0; background: none; } .bare h1 { font: inherit; } .bare .button { text-decoration: none; } .said { padding: 1.4em 1.1em; } @container (width > 30rem) { .card { display: grid; grid-template-columns: 2fr 3fr; } .card .picture { aspect-ratio: auto; min-height: 100%; } } @media (prefers-reduced-motion: reduce) { .bar i { transition: none; } } @media (forced-colors: active) { .bar { border: 1px solid; } .bar i { background: Highlight; forced-color-adjust: none; } }");
const sizes = { small: "14px", large: "18px" };
const known = new Map();
let stream, followed = "", timer;

const node = (tag, attributes, ...children) => {
const made = document.createElement(tag);
for (const name in attributes) {
if (attributes[name] != null) made.setAttribute(name, attributes[name]);
}
made.append(...children.filter((child) => child != null));
return made;
};

const put = (entry, figures, base) => {
const before = entry.data?.stage;
entry.data = { ...base, ...figures };
for (const widget of entry.widgets) {
if (before != entry.data.stage) widget.draw();
widget.move(!before);
}
};

const ask = async (entry) => {
if (entry.loading || !entry.widgets.size) return;
entry.loading = true;
const again = entry.data;
try {
const answer = await fetch(`${origin}/embed/${entry.slug}.json?lang=${entry.lang}&embed=${entry.embed}&again=${again ? 1 : 0}`, { cache: again ? "no-cache" : "default" });
if (answer.ok) put(entry, await answer.json());
else if (answer.status > 404) throw 0;
} catch {
if (!again) setTimeout(ask, 30000, entry);
}
entry.loading = false;
follow();
};

const tell = (figures) => {
for (const entry of known.values()) {
if (entry.slug != figures.campaign || !entry.data) continue;
if (entry.data.is_off != figures.is_off) ask(entry);
else put(entry, figures, { ...entry.data, ...entry.data.turns?.[figures.is_late ? "late" : figures.state] });
}
};

const every = (time) => {
clearInterval(timer);
timer = setInterval(() => known.forEach(ask), time);
};

const follow = () => {
const open = [...known.values()].filter((entry) => entry.widgets.size);
if (open.some((entry) => entry.loading)) return;
const wanted = [...new Set(open.filter((entry) => entry.data).map((entry) => entry.slug))].sort().slice(0, 64).join();
if (wanted == followed) return;
stream?.close();
clearInterval(timer);
followed = wanted;
if (!wanted) return;
every(3600000);
stream = new EventSource(`${origin}/live?campaigns=${wanted}&embed=1`);
stream.addEventListener("funding", (event) => tell(JSON.parse(event.data)));
stream.onerror = (event) => {
if (event.target == stream && stream.readyState > 1) every(30000);
};
};

class Widget extends HTMLElement {
static observedAttributes = ["campaign", "layout", "theme", "accent", "lang", "size", "reward", "embed", "target"];

constructor() {
super();
this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
}

attributeChangedCallback(name, before, now) {
if (!this.isConnected || before == now) return;
if (name == "campaign" || name == "lang" || name == "embed") this.connectedCallback();
else this.draw();
}

connectedCallback() {
this.disconnectedCallback();
const slug = this.getAttribute("campaign") || "";
if (!/^[a-z0-9-]{1,80}$/.test(slug)) return this.draw();
const lang = /^(en|fr)/.exec(this.getAttribute("lang") || "")?.[1] || "";
const embed = /^\w{10}$/.exec(this.getAttribute("embed")) || "";
const key = `${slug} ${lang} ${embed}`;
if (!known.has(key)) known.set(key, { slug, lang, embed, widgets: new Set() });
const entry = (this.entry = known.get(key));
entry.widgets.add(this);
this.draw();
if (!entry.data) ask(entry);
}

disconnectedCallback() {
this.entry?.widgets.delete(this);
this.entry = null;
queueMicrotask(follow);
}

draw() {
const data = this.entry?.data;
const root = this.shadowRoot;
root.replaceChildren(node("slot"));
this.fill = null;
if (!data) return;
const target = this.getAttribute("target") || "_blank";
const layout = this.getAttribute("layout");
const words = data.words;
const accent = this.getAttribute("accent");
const frame = node("div", { class: "frame" });
root.replaceChildren(frame);
if (accent && CSS.supports("color", accent)) frame.style.setProperty("--accent", accent);
const link = (attributes, ...children) => {
const made = node("a", { href: data.url, target, rel: "noopener", ...attributes }, ...children);
made.onclick = (event) => this.open(event, data.url);
return made;
};
if (data.is_off) return frame.append(node("main", { part: "card" }, node("p", { class: "said" }, words.off, " ", link({}, node("u", {}, words.act)))));
const button = (label) => link({ class: "button", part: "button", "aria-label": label }, words.act);
if (layout == "button") return frame.append(button(`${words.act}: ${data.title}`));
const heading = node("h1", { part: "title", role: "heading", "aria-level": 3, lang: data.language }, link({}, data.title));
this.fill = node("i", { part: "fill" });
this.bar = node("div", { class: "bar", part: "bar", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": words.funding }, this.fill);
this.percent = node("b", {});
const main = node("main", { part: "card", role: "group", "aria-label": data.title });
main.style.fontSize = sizes[this.getAttribute("size")] || "16px";
if (layout == "bar") {
main.append(node("div", { class: "line" }, heading, this.percent, this.bar));
} else {
const isCard = layout != "compact";
const fact = (name, value) => node("div", {}, node("dt", {}, name), node("dd", {}, value));
this.sum = node("b", {});
this.backers = node("span", {});
this.rest = node("span", {});
if (isCard) {
main.className = "card";
main.append(link({ class: "picture", part: "picture", tabindex: -1, "aria-hidden": "true" }, node("img", { src: data.image, alt: "", loading: "lazy", width: 640, height: 400 })));
}
main.append(
node(
"div",
{ class: "text" },
heading,
isCard ? node("p", { class: "by", part: "by" }, words.by) : null,
this.bar,
isCard ? node("p", { class: "sum", part: "sum" }, this.sum, ` ${words.of}`) : null,
node("dl", { part: "facts" }, fact(words.reached, this.percent), fact(words.backers, this.backers), fact(words.rest_name, this.rest)),
isCard && data.is_open ? this.form(data, words, target) : button(),
),
);
}
frame.append(main);
this.move(true);
}

form(data, words, target) {
const chosen = this.getAttribute("reward");
this.options = data.rewards.map((reward) => {
const option = node("option", { value: reward.id }, `${reward.price} · ${reward.title}`);
option.selected = reward.id == chosen;
return option;
});
const select = node("select", { name: "reward" }, node("option", { value: "" }, words.no_reward), ...this.options);
const amount = node("label", { class: "amount" }, words.amount, node("input", { name: "bonus", inputmode: "decimal", autocomplete: "off", maxlength: 14 }));
const form = node("form", { part: "form", action: data.pledge, target, rel: "noopener" }, node("input", { type: "hidden", name: "embed", value: this.entry.embed }), node("label", {}, words.choose, select), amount, node("button", { class: "button", part: "button" }, words.act));
form.onsubmit = (event) => this.open(event, `${form.action}?${new URLSearchParams(new FormData(form))}`);
return form;
}

open(event, url) {
if (!this.say("pledge-open", { url, campaign: this.entry?.slug })) event.preventDefault();
}

say(name, detail) {
return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
}

move(isFirst) {
const data = this.entry?.data;
if (!data || !this.fill) return;
const language = data.locale;
this.fill.style.width = `${Math.min(data.percent, 100)}%`;
this.bar.setAttribute("aria-valuenow", Math.min(data.percent, 100));
this.percent.textContent = (data.percent / 100).toLocaleString(language, { style: "percent" });
if (this.sum) {
this.sum.textContent = Number(data.pledged.amount).toLocaleString(language, { style: "currency", currency: data.pledged.currency, trailingZeroDisplay: "stripIfInteger" });
this.backers.textContent = data.backers.toLocaleString(language);
this.rest.textContent = data.words.rest;
}
const left = new Map(data.left.map((one) => [one.reward, one.left]));
for (const option of this.options || []) option.hidden = option.disabled = left.get(option.value) === 0;
if (!isFirst) this.say("funding-change", data);
}
}

customElements.get("pedestal-widget") || customElements.define("pedestal-widget", Widget);
})();