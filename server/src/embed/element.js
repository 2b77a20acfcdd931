// <pedestal-widget campaign="…">: a campaign's card on any page. No dependency.
// Attributes: campaign, layout (card, compact, bar, button), theme (light, dark,
// auto), accent (a colour), lang (en, fr), size (small, medium, large), reward, embed,
// target (_self opens in the same tab). What stands inside is shown where no card is.
// Events: funding-change (detail: the figures), pledge-open (detail: the address;
// cancel it to open the address yourself). Parts: card, picture, title, by, bar,
// fill, sum, facts, form, button.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("{style}");
  const sizes = { small: "14px", large: "18px" };
  // One entry for each campaign and language on this page.
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

  // Takes what is said of a campaign: what makes it another card is drawn anew, the rest
  // moves. `base` is what is not said and stays.
  const put = (entry, figures, base) => {
    const before = entry.data?.stage;
    entry.data = { ...base, ...figures };
    for (const widget of entry.widgets) {
      if (before != entry.data.stage) widget.draw();
      widget.move(!before);
    }
  };

  // Asks for a campaign; again, it asks the server and not what the browser kept, and is
  // no further view. Who was not answered at first tries until they are.
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

  // Another state has other words, which came with the card.
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

  // All widgets of a page share one stream, opened anew when they come and go; the last
  // one to be answered opens it for all. The days that are left pass without it.
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

    // What is open elsewhere can be asked for first.
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
