// The browser's part of signing in with a security key or passkey, and of adding one. Without it, or where the
// browser has no keys to offer, the page goes on showing the other ways.
const BYTES = ["challenge", "id"];
const SAID = {
  NotAllowedError: "The key was not used in time, or the request was dismissed. Try again.",
  InvalidStateError: "This key is added already.",
  SecurityError: "A security key cannot be used at this web address.",
};

for (const form of document.querySelectorAll("form[data-security-key]")) {
  if (window.PublicKeyCredential) makeLive(form);
}

function makeLive(form) {
  form.querySelector("[data-live]").hidden = false;
  form.querySelector("[data-not-live]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-said]");
    said.textContent = "Touch your key, or follow what your browser asks.";
    try {
      form.elements.answer.value = JSON.stringify(answerOf(await ceremony(form)));
    } catch (problem) {
      said.textContent = SAID[problem.name] ?? "The key could not be used. Try again, or use another way.";
      return;
    }
    form.submit();
  });
}

function ceremony(form) {
  const publicKey = withBytes(JSON.parse(form.dataset.options));
  const adding = form.dataset.securityKey === "add";
  return adding ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
}

// What JSON can only hold as base64url the browser wants as bytes: the challenge and every id but the host's.
function withBytes(value, key = "") {
  if (key === "rp") return value;
  if (Array.isArray(value)) return value.map((entry) => withBytes(entry));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withBytes(inner, name)]));
  }
  return BYTES.includes(key) ? bytesOf(value) : value;
}

function answerOf(credential) {
  const { response } = credential;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const held = names.filter((name) => response[name]).map((name) => [name, textOf(response[name])]);
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(held),
    clientExtensionResults: {},
  };
}

function bytesOf(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(bytes) {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
