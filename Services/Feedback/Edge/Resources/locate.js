// Asks the phone where it is once the person presses send, and never before, so that staff can see whether a code was scanned where it
// hangs. It holds nothing up for long: a refusal, a fault, two seconds without an answer (five while the browser still asks the
// person) or a second press send the form as it is.
"use strict";
(() => {
  const form = document.getElementById("scan");
  const wait = document.getElementById("locating");
  if (!form || !navigator.geolocation) return;
  const acts = ["report", "problem"];
  const patience = 2000;
  const patienceWithPerson = 5000;
  let isAsking = false;
  let isSent = false;

  const send = () => {
    if (isSent) return;
    isSent = true;
    form.submit();
  };
  const put = (name, value) => {
    const field = form.elements.namedItem(name) ?? document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  };

  form.addEventListener("submit", (event) => {
    if (isAsking || !acts.includes(form.elements.namedItem("act").value)) { isSent = true; return; }
    event.preventDefault();
    isAsking = true;
    wait.hidden = false;
    let timer = setTimeout(send, patience);
    navigator.permissions?.query({ name: "geolocation" }).then((given) => {
      if (given.state !== "prompt") return;
      clearTimeout(timer);
      timer = setTimeout(send, patienceWithPerson);
    }).catch(() => {});
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      // Four digits are some ten metres: enough for the question.
      put("latitude", coords.latitude.toFixed(4));
      put("longitude", coords.longitude.toFixed(4));
      put("accuracy", Math.ceil(coords.accuracy));
      send();
    }, send, { timeout: patience, maximumAge: 60000 });
  });

  // Back from the receipt: the page may be sent anew.
  window.addEventListener("pageshow", () => { isAsking = false; isSent = false; wait.hidden = true; });
})();
