"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  const subjects = [...document.querySelectorAll(".subject")];
  const cards = [...document.querySelectorAll(".conflict")];
  const people = [...document.querySelectorAll(".person")];
  const names = ["q", "speaker", "subject", "kind", "status"];
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
  const texts = new Map();
  const textOf = (element) => {
    if (!texts.has(element)) texts.set(element, fold(element.textContent.replace(/\s+/g, " ")));
    return texts.get(element);
  };
  const openTexts = new Map();
  const openTextOf = (card) => {
    if (!openTexts.has(card)) {
      const open = card.cloneNode(true);
      for (const details of open.querySelectorAll("details")) details.remove();
      openTexts.set(card, fold(open.textContent));
    }
    return openTexts.get(card);
  };
  // A word that stands only in what is folded in is unfolded, so that it can be seen; and folded again later.
  const unfold = (card, typed) => {
    const missing = typed.filter((word) => !openTextOf(card).includes(word));
    for (const details of card.querySelectorAll("details")) {
      const holds = missing.some((word) => textOf(details).includes(word));
      const unfolded = "found" in details.dataset;
      if (holds && !details.open) {
        details.open = true;
        details.dataset.found = "";
      } else if (!holds && unfolded) {
        details.open = false;
        delete details.dataset.found;
      }
    }
  };
  const chosen = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));
  const number = (count, one) => count + " " + (count === 1 ? one : one + "s");

  const apply = () => {
    const want = chosen();
    const typed = fold(want.q).split(/\s+/).filter(Boolean);
    const holds = (...elements) => {
      const text = elements.map(textOf).join(" ");
      return typed.every((word) => text.includes(word));
    };
    let cardCount = 0, subjectCount = 0;
    for (const subject of subjects) {
      const person = subject.closest(".person");
      const here = (!want.speaker || person.dataset.speaker === want.speaker) &&
        (!want.subject || subject.dataset.subject === want.subject);
      const head = [person.firstElementChild, subject.querySelector("h3")];
      let found = here && !want.kind && !want.status && holds(...head, subject.querySelector(".timeline"));
      for (const card of subject.querySelectorAll(".conflict")) {
        const fits = here && (!want.kind || card.dataset.kind === want.kind) &&
          (!want.status || card.dataset.status === want.status) && holds(...head, card);
        card.hidden = !fits;
        unfold(card, fits ? typed : []);
        cardCount += fits;
        found = found || fits;
      }
      subject.hidden = !found;
      const folded = subject.closest("details");
      if (folded && found && (typed.length || want.subject)) folded.open = true;
      subjectCount += found;
    }
    for (const more of document.querySelectorAll(".more")) more.hidden = !more.querySelector(".subject:not([hidden])");
    for (const person of people) person.hidden = !person.querySelector(".subject:not([hidden])");
    none.hidden = subjectCount > 0 || subjects.length === 0;
    shown.textContent = "Showing " + (cardCount === cards.length ? "all " + cards.length : cardCount + " of " + cards.length) +
      " possible conflicts, " + (subjectCount === subjects.length ? "all " + number(subjectCount, "subject") : subjectCount + " of " + number(subjects.length, "subject")) + ".";
    for (const group of form.elements.subject.querySelectorAll("optgroup"))
      group.hidden = group.disabled = Boolean(want.speaker) && group.dataset.speaker !== want.speaker;
  };

  const keep = () => {
    const state = new URLSearchParams(Object.entries(chosen()).filter(([, value]) => value));
    history.replaceState(null, "", "#" + state);
  };

  const choose = (values) => {
    for (const name of names) {
      const field = form.elements[name];
      field.value = values[name] || "";
      if (field.value !== (values[name] || "")) field.value = "";
    }
    apply();
  };

  const follow = () => {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) return choose(Object.fromEntries(new URLSearchParams(hash)));
    const target = hash && document.getElementById(hash);
    if (!target) return apply();
    if (target.closest("[hidden]")) choose({});
    else apply();
    const folded = target.closest("details");
    if (folded) folded.open = true;
    target.scrollIntoView();
  };

  form.addEventListener("input", (event) => {
    if (event.target.name === "speaker") form.elements.subject.value = "";
    apply();
    keep();
  });
  form.addEventListener("reset", () => setTimeout(() => { apply(); keep(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      details.dataset.closed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll("details[data-closed]")) {
      details.open = false;
      delete details.dataset.closed;
    }
  });
  form.hidden = false;
  follow();
})();
