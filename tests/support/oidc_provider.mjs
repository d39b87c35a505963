// A certified OpenID provider that is not ours, with its own quick-start sign-in pages, for the tests to sign in with.
// Given as JSON: the hub's way back, and who there is. It prints its address and ends when its input does.
import http from "node:http";
import Provider from "oidc-provider";

const { back, people } = JSON.parse(process.argv[2]);
const server = http.createServer();

server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "hub", client_secret: "a secret between hub and provider", redirect_uris: [back] }],
    claims: { openid: ["sub", "amr"], email: ["email", "email_verified"] },
    pkce: { required: () => true },
    cookies: { keys: ["cookies of a test"] },
    findAccount: (_, login) => ({
      accountId: login,
      claims: () => ({ sub: login, ...(people[login]?.claims ?? {}) }),
    }),
  });
  // The quick-start pages take any password; how somebody signed in there is told by who they are.
  const finish = provider.interactionFinished.bind(provider);
  provider.interactionFinished = (request, response, result, options) => {
    if (result.login) result.login.amr = people[result.login.accountId]?.amr;
    return finish(request, response, result, options);
  };
  server.on("request", provider.callback());
  console.log(issuer);
});

process.stdin.resume().on("end", () => process.exit(0));
