// A file on its way is shown with a progress bar (views/partial/upload.html); without this script the
// browser sends the form as any other.
"use strict";

{
  const UNAVAILABLE = [502, 503, 504]; // from nginx, or a platform with too much to do

  const show = (box, name) => {
    box.querySelectorAll("[data-part]").forEach((part) => { part.hidden = part.dataset.part !== name; });
    if (name === "sending" || name === "received") box.querySelector("[data-part=way]").hidden = false;
  };

  const tell = (form, box, name) => {
    show(box, name);
    delete form.dataset.sent; // it may be sent again
    box.querySelector("[role=alert]").focus();
  };

  // An answer that is a page takes the place of this one, as if the browser had sent the form.
  const replace = (html) => {
    document.open();
    document.write(html);
    document.close();
  };

  const send = (form, box) => {
    const address = new URL(form.getAttribute("action"), document.baseURI).href;
    const bar = box.querySelector("progress");
    const percent = box.querySelector(".upload-percent");
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.upload.addEventListener("progress", (event) => {
      bar.value = (100 * event.loaded) / event.total;
      percent.textContent = `${Math.floor(bar.value)} %`;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value"); // how long the rest takes is not known
      percent.textContent = "";
      show(box, "received");
    });
    request.addEventListener("error", () => tell(form, box, "lost"));
    request.addEventListener("load", () => {
      if (request.status === 413) tell(form, box, "too-large");
      else if (UNAVAILABLE.includes(request.status)) tell(form, box, "unavailable");
      else if (request.responseURL !== address) location.assign(request.responseURL);
      else replace(request.responseText);
    });
    bar.value = 0;
    percent.textContent = "";
    show(box, "sending");
    request.send(new FormData(form));
  };

  document.querySelectorAll("[data-upload]").forEach((box) => {
    const form = box.closest("form");
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return; // it is on its way
      event.preventDefault();
      send(form, box);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) show(box, null); // the browser's "back"
    });
  });
}
