// Runs the certified OpenID provider "oidc-provider" on a free loopback port for
// the tests of package signin. Configuration comes from the environment; the
// first line on standard output is the issuer. POST /test/rotate replaces the
// signing key. It ends when standard input ends.
import { createServer } from "node:http";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { Provider } from "oidc-provider";

const alg = process.env.ALG;
const makeKey = {
  RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  EdDSA: () => generateKeyPairSync("ed25519"),
}[alg];

function newProvider(issuer) {
  const key = { ...makeKey().privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "tasuke-client",
        client_secret: process.env.CLIENT_SECRET,
        redirect_uris: [process.env.REDIRECT_URI],
        post_logout_redirect_uris: [process.env.POST_LOGOUT_URI],
        id_token_signed_response_alg: alg,
      },
    ],
    jwks: { keys: [key] },
    enabledJWA: { idTokenSigningAlgValues: [alg] },
    cookies: { keys: [randomUUID()] },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "locale", "title", "company", "department"],
    },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `Person ${id}`,
        locale: "ja",
        title: "Engineer",
        company: "Certified Ltd",
        department: "Research",
        email: `${id}@certified.example`,
        email_verified: true,
      }),
    }),
  });
  return provider.callback();
}

let answer;
const server = createServer((req, res) => {
  if (req.method === "POST" && req.url === "/test/rotate") {
    answer = newProvider(issuer());
    res.end();
    return;
  }
  answer(req, res);
});
const issuer = () => `http://127.0.0.1:${server.address().port}`;
server.listen(0, "127.0.0.1", () => {
  answer = newProvider(issuer());
  console.log(issuer());
});
process.stdin.on("end", () => process.exit(0)).resume();
