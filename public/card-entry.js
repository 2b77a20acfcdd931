// Between our forms and Stripe.js. A form that holds [data-card-entry] shows
// Stripe's card element there; before it is sent, the card is saved with Stripe,
// who asks the bank where that has to be, and only Stripe's word for the saved
// card goes into the form. A form that holds [data-bank-step] has the bank confirm
// a charge first. Without wasm all of this works the same.
(() => {
  "use strict";

  let library;
  let stripe;
  const cards = new WeakMap();

  // Stripe.js, once. What failed may be tried again.
  function load(place) {
    library ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = place.dataset.script;
      script.onload = done;
      script.onerror = () => {
        script.remove();
        library = undefined;
        failed(new Error("Stripe.js could not be loaded"));
      };
      document.head.append(script);
    }).then(() => {
      stripe ??= window.Stripe(place.dataset.key, { locale: place.dataset.locale });
    });
    return library;
  }

  // The element in this place; drawn anew when the page was, and not tried again
  // by itself where it failed.
  async function mount(place) {
    if (cards.has(place)) return;
    cards.set(place, "loading");
    try {
      await load(place);
      const look = getComputedStyle(place);
      const style = { base: { color: look.color, fontSize: "16px", fontFamily: "system-ui, sans-serif" } };
      const card = stripe.elements().create("card", { hidePostalCode: true, style });
      card.mount(place);
      card.on("change", (event) => {
        // Another card is another word for it.
        within(place, "[data-card-setup]").value = "";
        say(place, event?.error?.message ?? "");
      });
      cards.set(place, card);
      within(place, "[data-card-needs]").hidden = true;
    } catch {
      cards.set(place, "failed");
      say(place, place.dataset.sorry);
    }
  }

  function mountAll() {
    document.querySelectorAll("[data-card-entry]").forEach(mount);
    document.querySelectorAll("[data-bank-step] [data-card-needs]").forEach((it) => (it.hidden = true));
  }

  const within = (place, what) => place.closest("form").querySelector(what);

  function say(place, text) {
    const line = within(place, "[data-card-problem]");
    if (line) line.textContent = text;
  }

  // Our own server, who answers with what the script needs or with a sentence.
  async function ask(path, place) {
    const about = { pledge: place.dataset.pledge, key: place.dataset.pledgeKey };
    const answer = await fetch(path, { method: "POST", body: new URLSearchParams(about) });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw { sentence: told.problem };
    return told;
  }

  // Stripe's word for the card in this place, saved with its holder's consent.
  async function save(place) {
    const { secret } = await ask("/cards/setup", place);
    const { error } = await stripe.confirmCardSetup(secret, {
      payment_method: { card: cards.get(place) },
    });
    if (error) throw { sentence: error.message };
    within(place, "[data-card-setup]").value = secret;
  }

  // The holder's word to the bank about a charge.
  async function confirm(place) {
    await load(place);
    const { secret, method } = await ask("/cards/bank", place);
    const { error } = await stripe.confirmCardPayment(secret, { payment_method: method });
    if (error) throw { sentence: error.message };
  }

  async function prepare(form, place, submitter) {
    form.dataset.cardBusy = "";
    form.setAttribute("aria-busy", "true");
    say(place, "");
    try {
      await (place.matches("[data-card-entry]") ? save(place) : confirm(place));
      form.dataset.cardReady = "";
    } catch (problem) {
      // Only sentences that somebody wrote for people to read.
      say(place, problem.sentence ?? place.dataset.sorry);
    } finally {
      delete form.dataset.cardBusy;
      form.removeAttribute("aria-busy");
    }
    if ("cardReady" in form.dataset) form.requestSubmit(submitter);
  }

  // Before the form's own listeners, and before wasm's.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const place = form.querySelector("[data-card-entry], [data-bank-step]");
      if (!place) return;
      const isReady = "cardReady" in form.dataset || within(place, "[data-card-setup]")?.value;
      delete form.dataset.cardReady;
      if (isReady) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if ("cardBusy" in form.dataset) return;
      // Without its element there is no card to save.
      if (place.matches("[data-card-entry]") && typeof cards.get(place) !== "object") {
        if (cards.get(place) === "failed") cards.delete(place);
        mount(place);
        return;
      }
      prepare(form, place, event.submitter ?? undefined);
    },
    true,
  );

  new MutationObserver(mountAll).observe(document.documentElement, { childList: true, subtree: true });
  mountAll();
})();
