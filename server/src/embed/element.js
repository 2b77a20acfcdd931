// <pedestal-widget campaign="…">: a campaign's card on any page. No dependency.
// Attributes: campaign, layout (card, compact, bar, button), theme (light, dark,
// auto), accent (a colour), lang (en, fr), size (small, medium, large), reward, embed.
// Events: funding-change (detail: the figures), pledge-open (detail: the address;
// cancel it to open the address yourself). Parts: card, picture, title, by, bar,
// fill, sum, facts, form, button.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("{style}");
  const sizes = { small: "14px", large: "18px" };
  const watched = ["campaign", "layout", "theme", "accent", "lang", "size", "reward", "embed"];
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

  const load = (entry, cache) =>
    fetch(`${origin}/embed/${entry.slug}.json?lang=${entry.lang}&embed=${entry.embed}`, { cache })
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => entry.data);

  const put = (entry, figures) => {
    Object.assign(entry.data, figures);
    for (const widget of entry.widgets) widget.move();
  };

  // Asks again, the server and not what the browser kept. What is switched off or on
  // meanwhile is drawn anew.
  const renew = async (entry) => {
    const data = await load(entry, "no-cache");
    if (!data) return;
    if (data.is_off == entry.data?.is_off) return put(entry, data);
    entry.data = data;
    for (const widget of entry.widgets) widget.draw();
  };

  const tell = (slug, figures) => {
    for (const entry of known.values()) {
      if (entry.slug != slug || !entry.data) continue;
      if (entry.data.is_off != figures.is_off) renew(entry);
      else put(entry, figures);
    }
  };

  // All widgets of a page share one stream, opened anew when they come and go.
  const follow = () => {
    const slugs = [...new Set([...known.values()].filter((entry) => entry.widgets.size && entry.data).map((entry) => entry.slug))];
    const wanted = slugs.sort().slice(0, 64).join();
    if (wanted == followed) return;
    stream?.close();
    clearInterval(timer);
    followed = wanted;
    if (!wanted) return;
    stream = new EventSource(`${origin}/live?campaigns=${wanted}&embed=1`);
    stream.addEventListener("funding", (event) => {
      const figures = JSON.parse(event.data);
      tell(figures.campaign, figures);
    });
    stream.onerror = (event) => {
      if (event.target != stream || stream.readyState < 2) return;
      clearInterval(timer);
      timer = setInterval(() => {
        for (const entry of known.values()) if (entry.widgets.size) renew(entry);
      }, 30000);
    };
  };

  class Widget extends HTMLElement {
    static observedAttributes = watched;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      this.join();
    }

    disconnectedCallback() {
      this.leave();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.isConnected || before == now) return;
      if (name == "campaign" || name == "lang" || name == "embed") this.join();
      else this.draw();
    }

    join() {
      this.leave();
      const slug = this.getAttribute("campaign") || "";
      if (!/^[a-z0-9-]{1,80}$/.test(slug)) return this.draw();
      const lang = /^(en|fr)/.exec(this.getAttribute("lang") || "")?.[1] || "";
      const embed = /^\w{10}$/.exec(this.getAttribute("embed")) || "";
      const key = `${slug} ${lang} ${embed}`;
      if (!known.has(key)) known.set(key, { slug, lang, embed, widgets: new Set() });
      const entry = (this.entry = known.get(key));
      entry.widgets.add(this);
      entry.loading ||= load(entry).then((data) => (entry.data = data));
      entry.loading.then(() => {
        if (this.entry == entry) this.draw();
        follow();
      });
    }

    leave() {
      this.entry?.widgets.delete(this);
      this.entry = null;
      queueMicrotask(follow);
    }

    draw() {
      const data = this.entry?.data;
      const root = this.shadowRoot;
      root.replaceChildren();
      this.fill = null;
      if (!data) return;
      const layout = this.getAttribute("layout");
      const words = data.words;
      const accent = this.getAttribute("accent");
      const frame = node("div", { class: "frame" });
      if (accent && CSS.supports("color", accent)) frame.style.setProperty("--accent", accent);
      const link = (attributes, ...children) => {
        const made = node("a", { href: data.url, target: "_blank", rel: "noopener", ...attributes }, ...children);
        made.onclick = (event) => this.open(event, data.url);
        return made;
      };
      if (data.is_off) {
        frame.append(node("main", { part: "card" }, node("p", { class: "said" }, words.off, " ", link({}, node("u", {}, words.act)))));
        root.append(frame);
        return;
      }
      const button = (text) => link({ class: "button", part: "button" }, text);
      if (layout == "button") {
        const only = button(words.act);
        only.setAttribute("aria-label", `${words.act}: ${data.title}`);
        frame.append(only);
        root.append(frame);
        return;
      }
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
            node("dl", { part: "facts" }, fact(words.reached, this.percent), fact(words.backers, this.backers), fact(words.rest_name, words.rest)),
            isCard && data.is_open ? this.form(data, words) : button(words.act),
          ),
        );
      }
      frame.append(main);
      root.append(frame);
      this.move(true);
    }

    form(data, words) {
      const chosen = this.getAttribute("reward");
      this.options = data.rewards.map((reward) => {
        const option = node("option", { value: reward.id }, `${reward.price} · ${reward.title}`);
        option.selected = reward.id == chosen;
        return option;
      });
      const select = node("select", { name: "reward" }, node("option", { value: "" }, words.no_reward), ...this.options);
      const amount = node("label", { class: "amount" }, words.amount, node("input", { name: "bonus", inputmode: "decimal", autocomplete: "off", maxlength: 14 }));
      const form = node("form", { part: "form", action: data.pledge, target: "_blank", rel: "noopener" }, node("input", { type: "hidden", name: "embed", value: this.entry.embed }), node("label", {}, words.choose, select), amount, node("button", { class: "button", part: "button" }, words.act));
      form.onsubmit = (event) => this.open(event, `${form.action}?${new URLSearchParams(new FormData(form))}`);
      return form;
    }

    // What is open elsewhere can be asked for first.
    open(event, url) {
      const detail = { url, campaign: this.entry?.slug };
      const goes = this.dispatchEvent(new CustomEvent("pledge-open", { detail, bubbles: true, composed: true, cancelable: true }));
      if (!goes) event.preventDefault();
    }

    move(isFirst) {
      const data = this.entry?.data;
      if (!data || !this.fill) return;
      const language = data.locale;
      const amount = data.pledged.amount;
      this.fill.style.width = `${Math.min(data.percent, 100)}%`;
      this.bar.setAttribute("aria-valuenow", Math.min(data.percent, 100));
      this.percent.textContent = new Intl.NumberFormat(language, { style: "percent" }).format(data.percent / 100);
      if (this.sum) {
        const digits = amount % 1 ? undefined : 0;
        this.sum.textContent = new Intl.NumberFormat(language, { style: "currency", currency: data.pledged.currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount);
        this.backers.textContent = data.backers.toLocaleString(language);
      }
      const left = new Map((data.left || []).map((one) => [one.reward, one.left]));
      for (const option of this.options || []) option.hidden = option.disabled = left.get(option.value) === 0;
      if (!isFirst) this.dispatchEvent(new CustomEvent("funding-change", { detail: data, bubbles: true, composed: true }));
    }
  }

  customElements.get("pedestal-widget") || customElements.define("pedestal-widget", Widget);
})();
