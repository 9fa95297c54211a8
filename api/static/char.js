// Shows the stretch of text that a fragment names: "#char=120,156" (RFC 5147) or "#selector=120,156".
// The server sees only the query, so the page is asked for again with the same stretch there.
"use strict";

function showStretch() {
  const place = /^#(?:char|selector)=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
  if (!place) return;
  const wanted = `${place[1]},${place[2]}`;
  const address = new URL(location.href);
  if (address.searchParams.get("char") !== wanted) {
    address.searchParams.set("char", wanted);
    location.replace(address);
  }
}

addEventListener("hashchange", showStretch);
showStretch();
