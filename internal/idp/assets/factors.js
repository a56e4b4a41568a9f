// Passkeys: gives the server's options to the browser and sends its answer in a
// form. Browsers that cannot convert them themselves get it done here. Also:
// dates in the reader's way, and copying recovery codes.
"use strict";
(() => {
  const bytesOf = (text) => {
    const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, (c) => c.charCodeAt(0)).buffer;
  };
  const textOf = (buffer) => {
    let raw = "";
    for (const byte of new Uint8Array(buffer)) {
      raw += String.fromCharCode(byte);
    }
    return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const listOf = (list) => (list || []).map((c) => ({ ...c, id: bytesOf(c.id) }));

  const parse = {
    get(json) {
      if (typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function") {
        return PublicKeyCredential.parseRequestOptionsFromJSON(json);
      }
      return { ...json, challenge: bytesOf(json.challenge), allowCredentials: listOf(json.allowCredentials) };
    },
    create(json) {
      if (typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function") {
        return PublicKeyCredential.parseCreationOptionsFromJSON(json);
      }
      return {
        ...json,
        challenge: bytesOf(json.challenge),
        user: { ...json.user, id: bytesOf(json.user.id) },
        excludeCredentials: listOf(json.excludeCredentials),
      };
    },
  };

  const written = (credential) => {
    if (typeof credential.toJSON === "function") {
      return credential.toJSON();
    }
    const from = credential.response;
    const response = { clientDataJSON: textOf(from.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (from[name]) {
        response[name] = textOf(from[name]);
      }
    }
    if (typeof from.getTransports === "function") {
      response.transports = from.getTransports();
    }
    return {
      id: credential.id,
      rawId: textOf(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  };

  const ask = async (form) => {
    const kind = form.dataset.passkey;
    const publicKey = parse[kind](JSON.parse(form.dataset.options));
    const credential = await navigator.credentials[kind]({ publicKey });
    form.elements.namedItem("credential").value = JSON.stringify(written(credential));
    form.submit();
  };

  const supported = typeof PublicKeyCredential === "function" && "credentials" in navigator;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = !supported;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-failed]");
      const button = form.querySelector("button");
      failed.hidden = true;
      button.disabled = true;
      ask(form).catch(() => {
        failed.hidden = false;
        button.disabled = false;
      });
    });
  }
  for (const note of document.querySelectorAll("[data-unsupported]")) {
    note.hidden = supported;
  }

  for (const time of document.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  }

  const copy = document.querySelector("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const codes = Array.from(document.querySelectorAll(".codes code"), (c) => c.textContent);
      await navigator.clipboard.writeText(codes.join("\n"));
      document.querySelector("[data-copied]").hidden = false;
    });
  }
})();
