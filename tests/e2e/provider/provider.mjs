// A real OpenID provider for the tests: anyone may sign in as whom they say. Three names make it
// break a rule of its own, so that what a client must refuse is signed with the right key.
import Provider from 'oidc-provider';
import { exportJWK, generateKeyPair, importJWK, decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';

const [, , port, client, secret, workbench] = process.argv;
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const jwk = { ...(await exportJWK(privateKey)), kid: 'tests', alg: 'RS256', use: 'sig' };

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: client,
    client_secret: secret,
    redirect_uris: [`${workbench}/oauth2callback`],
    post_logout_redirect_uris: [`${workbench}/oauth2callback`],
  }],
  jwks: { keys: [jwk] },
  cookies: { keys: ['tests'] },
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'] },
  ttl: { IdToken: 3600, AccessToken: 3600, Session: 3600, Interaction: 600, Grant: 3600 },
  features: { devInteractions: { enabled: true } },
  async findAccount(_ctx, id) {
    return {
      accountId: id,
      claims: async () => ({
        sub: id,
        email: `${id}@example.org`,
        email_verified: id !== 'unverified',
        groups: id === 'berta' ? ['vitrail-auditors'] : [],
      }),
    };
  },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

const BROKEN = {
  expired: (claims) => ({ ...claims, exp: claims.iat - 3600, iat: claims.iat - 7200 }),
  elsewhere: (claims) => ({ ...claims, aud: 'another-program', azp: client }),
  unsigned: (claims) => claims,
};

provider.use(async (ctx, next) => {
  await next();
  if (!ctx.path.endsWith('/token') || !ctx.body?.id_token) return;
  const claims = decodeJwt(ctx.body.id_token);
  const breaks = BROKEN[claims.sub];
  if (!breaks) return;
  const key = claims.sub === 'unsigned' ? (await generateKeyPair('RS256')).privateKey
    : await importJWK(jwk, 'RS256');
  const header = decodeProtectedHeader(ctx.body.id_token);
  ctx.body.id_token = await new SignJWT(breaks(claims)).setProtectedHeader(header).sign(key);
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
